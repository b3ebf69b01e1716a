import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** A variable of the real environment, or undefined. */
type Variable = (name: string) => string | undefined;

/** Where programs of this platform keep their user's settings: ours. */
export function platformConfigDir(variable: Variable): string {
  const name = "maigic-integrations";
  if (process.platform === "win32") {
    return join(variable("APPDATA") ?? join(homedir(), "AppData", "Roaming"), name);
  }
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", name);
  return join(xdgConfigDir(variable), name);
}

/** Where browsers put what is downloaded. @see https://www.freedesktop.org/wiki/Software/xdg-user-dirs/ */
export function platformDownloadsDir(variable: Variable): string {
  const home = variable("HOME") ?? homedir();
  const usual = join(home, "Downloads");
  if (process.platform === "win32" || process.platform === "darwin") return usual;
  const file = join(xdgConfigDir(variable), "user-dirs.dirs");
  const named = existsSync(file) ? /^XDG_DOWNLOAD_DIR="(.*)"$/m.exec(readFileSync(file, "utf8"))?.[1] : undefined;
  const folder = (variable("XDG_DOWNLOAD_DIR") ?? named)?.replace(/^\$HOME(?=\/|$)/, home);
  return folder !== undefined && isAbsolute(folder) ? folder : usual;
}

function xdgConfigDir(variable: Variable): string {
  const xdg = variable("XDG_CONFIG_HOME");
  return xdg !== undefined && isAbsolute(xdg) ? xdg : join(variable("HOME") ?? homedir(), ".config");
}
