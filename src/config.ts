import { dirname, join, resolve } from "node:path";
import { integrationError } from "./core/errors.js";
import { Secret } from "./core/secret.js";
import { readEnvFile, type Setting } from "./env-settings.js";
import { platformConfigDir, platformDownloadsDir } from "./platform-folders.js";

/** Where the program runs: decides which `.env.<environment>` is read and how strict the safety checks are. */
export type Environment = "development" | "staging" | "production";

/** Where credentials are kept. */
export type CredentialStorage = "file" | "memory" | "postgres";

/** Where the key of a vault can be kept. `docs/credentials.md` says what each protects against. */
export type KeySourceName = "environment" | "command" | "passphrase" | "keychain" | "key_file";

/** How the key of a vault is obtained. Never taken from a `.env` file. */
export interface VaultKeySettings {
  /** Where the key of a new vault goes; without it, the first that is there of those below, then keychain or key file. */
  readonly source?: KeySourceName;
  /** The key itself, 32 bytes in base64 or hex; several with commas between, while one takes the place of another. */
  readonly keys?: Secret;
  /** A command of the user's shell that prints the same. */
  readonly command?: string;
  /** A passphrase that the key is derived from. */
  readonly passphrase?: Secret;
}

/** What a program sets itself instead of leaving it to the environment. */
export interface ConfigOverrides {
  environment?: Environment;
  credentialsDir?: string;
  credentialStorage?: CredentialStorage;
  defaultUser?: string;
  googleCalendarEnabled?: boolean;
  googleGmailEnabled?: boolean;
  /** Enabling variables of any provider, by name: `{ ACME_ENABLED: true }`. */
  enabled?: Readonly<Record<string, boolean>>;
  /** The user's configuration folder (keys, policy): never taken from a `.env` file. */
  configDir?: string;
  vaultKey?: VaultKeySettings;
  /** Address of the Postgres database, for `credentialStorage: "postgres"`: never taken from a `.env` file. */
  databaseUrl?: Secret | string;
}

/** Where settings are read from: by default the process's environment and working directory. */
export interface ConfigSources {
  env?: Readonly<Record<string, string | undefined>>;
  workingDir?: string;
}

/** The proxies of the real environment, as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them. */
export interface ProxySettings {
  readonly httpsProxy?: string;
  readonly httpProxy?: string;
  readonly noProxy?: string;
}

const environments: readonly Environment[] = ["development", "staging", "production"];
const keySources: readonly KeySourceName[] = ["environment", "command", "passphrase", "keychain", "key_file"];
const storages: readonly CredentialStorage[] = ["file", "memory", "postgres"];
const truths: ReadonlyMap<string, boolean> = new Map([
  ...["true", "1", "yes", "on"].map((word): [string, boolean] => [word, true]),
  ...["false", "0", "no", "off"].map((word): [string, boolean] => [word, false]),
]);

/** The settings of this package, read once: overrides, environment, `.env.<environment>`, `.env`, defaults. */
export class IntegrationConfig {
  readonly environment: Environment;
  /** Absolute path of the folder that holds the credentials. */
  readonly credentialsDir: string;
  readonly credentialStorage: CredentialStorage;
  /** The profile that is used when a call names none. */
  readonly defaultUser: string;
  /** Absolute path of the user's own configuration folder. */
  readonly configDir: string;
  /** Whether that is the platform's own place for it, and not one that somebody named. */
  readonly hasPlatformConfigDir: boolean;
  readonly vaultKey: VaultKeySettings;
  /** Address of the database that keeps the credentials, with its password. */
  readonly databaseUrl: Secret | undefined;
  readonly proxy: ProxySettings;
  /** Absolute path of the folder whose `.env` files were read. */
  readonly workingDir: string;
  readonly #enabled: ReadonlyMap<string, boolean | string>;
  readonly #settings: Settings;

  private constructor(overrides: ConfigOverrides, settings: Settings) {
    this.environment = settings.environment;
    this.credentialsDir = credentialsDirOf(overrides, settings);
    this.credentialStorage =
      oneOf("credentialStorage", overrides.credentialStorage, storages) ??
      oneOf("MAIGIC_CREDENTIAL_STORAGE", settings.real("MAIGIC_CREDENTIAL_STORAGE"), storages) ??
      "file";
    this.defaultUser = overrides.defaultUser ?? settings.get("MAIGIC_DEFAULT_USER")?.value ?? "default";
    const configDir = overrides.configDir ?? settings.real("MAIGIC_CONFIG_DIR");
    this.configDir = resolve(settings.workingDir, configDir ?? platformConfigDir((name) => settings.real(name)));
    this.hasPlatformConfigDir = configDir === undefined;
    this.vaultKey = vaultKeyOf(overrides.vaultKey ?? {}, settings);
    const databaseUrl = overrides.databaseUrl ?? settings.real("MAIGIC_DATABASE_URL");
    this.databaseUrl = typeof databaseUrl === "string" ? new Secret(databaseUrl) : databaseUrl;
    this.proxy = proxyOf(settings);
    this.workingDir = settings.workingDir;
    this.#enabled = enabledOf(overrides, settings);
    this.#settings = settings;
  }

  /**
   * Reads the configuration from the process's environment and the `.env` files of its working directory.
   *
   * @param overrides - what the program decides itself; wins over everything
   * @param sources - another environment or folder to read, for tests and embedding programs
   * @throws ConfigurationError `config.invalid` naming the variable, `config.invalid_file` for an unreadable `.env`
   */
  static fromEnv(overrides: ConfigOverrides = {}, sources: ConfigSources = {}): IntegrationConfig {
    const env = sources.env ?? process.env;
    return new IntegrationConfig(overrides, new Settings(overrides, env, workingDirOf(sources)));
  }

  get googleCalendarEnabled(): boolean {
    return this.isEnabled("GOOGLE_CALENDAR_ENABLED") ?? false;
  }

  get googleGmailEnabled(): boolean {
    return this.isEnabled("GOOGLE_GMAIL_ENABLED") ?? false;
  }

  /** Absolute path of the folder that the person's browser downloads into. */
  get downloadsDir(): string {
    return platformDownloadsDir((name) => this.#settings.real(name));
  }

  /** Where an enabling variable is set: the path of a `.env` file, or what wins over all of them; undefined: nowhere. */
  whereEnabled(variable: string): "program" | "environment" | { readonly file: string } | undefined {
    const setting = this.#settings.get(variable);
    if (this.#enabled.get(variable) !== setting?.value) return "program";
    return setting && (setting.file === undefined ? "environment" : { file: setting.file });
  }

  /**
   * What an enabling variable says, or undefined when nothing sets it.
   *
   * @throws ConfigurationError `config.invalid` when its value is neither true nor false
   */
  isEnabled(variable: string): boolean | undefined {
    const value = this.#enabled.get(variable);
    if (typeof value !== "string") return value;
    const truth = truths.get(value.trim().toLowerCase());
    if (truth !== undefined) return truth;
    throw integrationError("config.invalid", {
      message: `${variable} is "${value}", which is neither true nor false.`,
      hint: `Set ${variable} to true or false (1/0, yes/no and on/off are understood too).`,
      details: { variable },
    });
  }
}

function workingDirOf(sources: ConfigSources): string {
  try {
    return resolve(sources.workingDir ?? ".");
  } catch (cause) {
    throw integrationError("config.invalid_file", {
      message: "The working directory is not there any more.",
      hint: "Change into a folder that exists and call again.",
      cause,
    });
  }
}

/** The variables in force: the real environment before the `.env` files, whose folder is remembered. */
class Settings {
  readonly environment: Environment;
  readonly workingDir: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #files: Map<string, Setting>;

  constructor(overrides: ConfigOverrides, env: Readonly<Record<string, string | undefined>>, workingDir: string) {
    this.#env = env;
    this.workingDir = workingDir;
    this.#files = readEnvFile(join(workingDir, ".env"));
    this.environment =
      oneOf("environment", overrides.environment, environments) ??
      oneOf("MAIGIC_ENVIRONMENT", this.get("MAIGIC_ENVIRONMENT")?.value, environments) ??
      "development";
    for (const [name, setting] of readEnvFile(join(workingDir, `.env.${this.environment}`))) {
      this.#files.set(name, setting);
    }
  }

  /** A variable of the real environment only; an empty one counts as not set. */
  real(name: string): string | undefined {
    return this.#env[name] || undefined;
  }

  get(name: string): Setting | undefined {
    const value = this.real(name);
    return value === undefined ? this.#files.get(name) : { value };
  }

  names(): string[] {
    return [...this.#files.keys(), ...Object.keys(this.#env)];
  }
}

/** @param variable - the variable's name, or the override's */
function oneOf<T extends string>(variable: string, value: string | undefined, choices: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value.trim().toLowerCase());
  if (choice !== undefined) return choice;
  throw integrationError("config.invalid", {
    message: `${variable} is "${value}".`,
    hint: `Set ${variable} to one of ${choices.join(", ")}.`,
    details: { variable, choices },
  });
}

function credentialsDirOf(overrides: ConfigOverrides, settings: Settings): string {
  if (overrides.credentialsDir !== undefined) return resolve(settings.workingDir, overrides.credentialsDir);
  const setting = settings.get("MAIGIC_CREDENTIALS_DIR") ?? { value: "credentials" };
  return resolve(setting.file === undefined ? settings.workingDir : dirname(setting.file), setting.value);
}

function enabledOf(overrides: ConfigOverrides, settings: Settings): Map<string, boolean | string> {
  const enabled = new Map<string, boolean | string>();
  for (const name of settings.names()) {
    const setting = name.endsWith("_ENABLED") ? settings.get(name) : undefined;
    if (setting) enabled.set(name, setting.value);
  }
  for (const [name, value] of Object.entries(overrides.enabled ?? {})) enabled.set(name, value);
  if (overrides.googleCalendarEnabled !== undefined) {
    enabled.set("GOOGLE_CALENDAR_ENABLED", overrides.googleCalendarEnabled);
  }
  if (overrides.googleGmailEnabled !== undefined) enabled.set("GOOGLE_GMAIL_ENABLED", overrides.googleGmailEnabled);
  return enabled;
}

function vaultKeyOf(own: VaultKeySettings, settings: Settings): VaultKeySettings {
  const secret = (name: string): Secret | undefined => {
    const value = settings.real(name);
    return value === undefined ? undefined : new Secret(value);
  };
  const source =
    oneOf("vaultKey.source", own.source, keySources) ??
    oneOf("MAIGIC_VAULT_KEY_SOURCE", settings.real("MAIGIC_VAULT_KEY_SOURCE"), keySources);
  const keys = own.keys ?? secret("MAIGIC_VAULT_KEY");
  const command = own.command ?? settings.real("MAIGIC_VAULT_KEY_COMMAND");
  const passphrase = own.passphrase ?? secret("MAIGIC_VAULT_PASSPHRASE");
  return {
    ...(source !== undefined && { source }),
    ...(keys !== undefined && { keys }),
    ...(command !== undefined && { command }),
    ...(passphrase !== undefined && { passphrase }),
  };
}

function proxyOf(settings: Settings): ProxySettings {
  const either = (name: string): string | undefined => settings.real(name.toLowerCase()) ?? settings.real(name);
  const address = (name: string): string | undefined => {
    const value = either(name)?.trim();
    if (!value) return undefined;
    const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`; // as curl reads a bare host:port
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
    throw integrationError("config.invalid", {
      message: `${name} is no address of an HTTP proxy.`, // not shown: it may hold a password
      hint: `Set ${name} to an address such as http://proxy.example:8080, or remove it.`,
      details: { variable: name },
    });
  };
  const httpsProxy = address("HTTPS_PROXY");
  const httpProxy = address("HTTP_PROXY");
  const noProxy = either("NO_PROXY");
  return {
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(httpProxy !== undefined && { httpProxy }),
    ...(noProxy !== undefined && { noProxy }),
  };
}

/** Whether whoever runs this sits at another machine: a browser opened here would be of no use. */
export function isRemoteSession(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return (env["SSH_CONNECTION"] ?? "") !== "";
}

/** Whether whoever runs the program wants colours, by `NO_COLOR` and `FORCE_COLOR`; undefined: where they can be shown. */
export function colourWish(
  env: Readonly<Record<string, string | undefined>> = process.env,
): "always" | "never" | undefined {
  if ((env["NO_COLOR"] ?? "") !== "") return "never";
  const forced = env["FORCE_COLOR"] ?? "";
  if (forced === "") return undefined;
  return forced === "0" || forced === "false" ? "never" : "always";
}
