const auth = "https://www.googleapis.com/auth/";

/** Scopes of the Gmail API, from least to most. */
export const gmailScopes: Readonly<
  Record<
    | "metadata"
    | "readonly"
    | "modify"
    | "labels"
    | "send"
    | "compose"
    | "insert"
    | "settingsBasic"
    | "settingsSharing"
    | "full",
    string
  >
> = {
  metadata: `${auth}gmail.metadata`,
  readonly: `${auth}gmail.readonly`,
  modify: `${auth}gmail.modify`,
  labels: `${auth}gmail.labels`,
  send: `${auth}gmail.send`,
  compose: `${auth}gmail.compose`,
  insert: `${auth}gmail.insert`,
  settingsBasic: `${auth}gmail.settings.basic`,
  settingsSharing: `${auth}gmail.settings.sharing`,
  full: "https://mail.google.com/",
};

/** Scopes of the Calendar API. */
export const calendarScopes: Readonly<
  Record<
    | "full"
    | "readonly"
    | "events"
    | "eventsReadonly"
    | "owned"
    | "ownedReadonly"
    | "publicReadonly"
    | "freeBusyEvents"
    | "appCreated"
    | "list"
    | "listReadonly"
    | "calendars"
    | "calendarsReadonly"
    | "acls"
    | "aclsReadonly"
    | "freeBusy"
    | "settingsReadonly",
    string
  >
> = {
  full: `${auth}calendar`,
  readonly: `${auth}calendar.readonly`,
  events: `${auth}calendar.events`,
  eventsReadonly: `${auth}calendar.events.readonly`,
  owned: `${auth}calendar.events.owned`,
  ownedReadonly: `${auth}calendar.events.owned.readonly`,
  publicReadonly: `${auth}calendar.events.public.readonly`,
  freeBusyEvents: `${auth}calendar.events.freebusy`,
  appCreated: `${auth}calendar.app.created`,
  list: `${auth}calendar.calendarlist`,
  listReadonly: `${auth}calendar.calendarlist.readonly`,
  calendars: `${auth}calendar.calendars`,
  calendarsReadonly: `${auth}calendar.calendars.readonly`,
  acls: `${auth}calendar.acls`,
  aclsReadonly: `${auth}calendar.acls.readonly`,
  freeBusy: `${auth}calendar.freebusy`,
  settingsReadonly: `${auth}calendar.settings.readonly`,
};

/** Identity scopes under the names that Google grants them by. */
export const scopeNames: Readonly<Record<"email" | "profile", string>> = {
  email: `${auth}userinfo.email`,
  profile: `${auth}userinfo.profile`,
};

const longNames: Readonly<Record<string, string>> = scopeNames;

const descriptions: Readonly<Record<string, string>> = {
  openid: "Associate you with your personal info on Google",
  [`${auth}userinfo.email`]: "See your primary Google Account email address",
  [`${auth}userinfo.profile`]: "See your personal info, including any you've made public",
  [gmailScopes.metadata]: "View your email message metadata such as labels and headers, but not the email body",
  [gmailScopes.readonly]: "View your email messages and settings",
  [gmailScopes.modify]: "Read, compose, and send emails from your Gmail account",
  [gmailScopes.labels]: "See and edit your email labels",
  [gmailScopes.send]: "Send email on your behalf",
  [gmailScopes.compose]: "Manage drafts and send emails",
  [gmailScopes.insert]: "Add emails into your Gmail mailbox",
  [gmailScopes.settingsBasic]: "See, edit, create, or change your email settings and filters in Gmail",
  [gmailScopes.settingsSharing]: "Manage your sensitive mail settings, including who can manage your mail",
  [gmailScopes.full]: "Read, compose, send, and permanently delete all your email from Gmail",
  [calendarScopes.full]:
    "See, edit, share, and permanently delete all the calendars you can access using Google Calendar",
  [calendarScopes.readonly]: "See and download any calendar you can access using your Google Calendar",
  [calendarScopes.events]: "View and edit events on all your calendars",
  [calendarScopes.eventsReadonly]: "View events on all your calendars",
  [calendarScopes.owned]: "See, create, change, and delete events on Google calendars you own",
  [calendarScopes.ownedReadonly]: "See the events on Google calendars you own",
  [calendarScopes.publicReadonly]: "See the events on public calendars",
  [calendarScopes.freeBusyEvents]: "See the availability on Google calendars you have access to",
  [calendarScopes.appCreated]: "Make secondary Google calendars, and see, create, change, and delete events on them",
  [calendarScopes.list]: "See, add, and remove Google calendars you're subscribed to",
  [calendarScopes.calendars]:
    "See and change the properties of Google calendars you have access to, and create secondary calendars",
  [calendarScopes.calendarsReadonly]:
    "See the title, description, default time zone, and other properties of Google calendars you have access to",
  [calendarScopes.acls]: "See and change the sharing permissions of Google calendars you own",
  [calendarScopes.aclsReadonly]: "See the sharing permissions of Google calendars you own",
  [calendarScopes.listReadonly]: "See the list of Google calendars you're subscribed to",
  [calendarScopes.freeBusy]: "View your availability in your calendars",
  [calendarScopes.settingsReadonly]: "View your Calendar settings",
};

/** A scope under the name that Google grants it by. */
export function grantedName(scope: string): string {
  return longNames[scope] ?? scope;
}

/** What the consent page says of a scope, or undefined for one that Google does not know. */
export function describeScope(scope: string): string | undefined {
  return descriptions[grantedName(scope)];
}

/** Scopes that a person cannot untick: they say who signed in. */
export function isIdentityScope(scope: string): boolean {
  return ["openid", "email", "profile"].includes(scope) || scope.startsWith(`${auth}userinfo.`);
}

/** Scopes of Gmail, which a changed password ends. */
export function isGmailScope(scope: string): boolean {
  return scope === gmailScopes.full || scope.startsWith(`${auth}gmail.`);
}
