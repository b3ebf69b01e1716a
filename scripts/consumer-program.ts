// Compiled against the packed package by scripts/check-package.js: what a user's program looks like to TypeScript.
import {
  createCalendarClient,
  createCredentialManager,
  createEmailClient,
  getAvailableIntegrations,
  IntegrationConfig,
  isIntegrationError,
  timeRange,
  type ErrorCode,
  type IntegrationInfo,
  type IntegrationProvider,
} from "maigic-integrations";
import type { CalendarClient, Event, UpdateResult } from "maigic-integrations/calendar";
import { IntegrationConfig as SameConfig } from "maigic-integrations/config";
import type { Email, EmailClient, EmailSearchResult } from "maigic-integrations/email";
import { createGoogleSandbox } from "maigic-integrations/sandbox";

const config: IntegrationConfig = SameConfig.fromEnv({ googleGmailEnabled: true });

async function readMail(): Promise<Email[]> {
  await using mailbox: EmailClient = createEmailClient("google_gmail", { config });
  const found: EmailSearchResult = await mailbox.searchEmails({ from: "ann@example.com", unread: true });
  return [...found.emails, ...(await mailbox.getRecentEmails({ count: 10, includeBody: true }))];
}

async function answer(calendar: CalendarClient): Promise<UpdateResult> {
  const events: Event[] = await calendar.getEvents(timeRange.next({ days: 7 }));
  const invitation = events.find((event) => event.myResponse === "needsAction");
  return calendar.respondToInvitation(invitation ?? "id", { status: "accepted", comment: "See you there" });
}

// @ts-expect-error an answer is one of three words, and a wrong one must not compile
void createCalendarClient("google_calendar").respondToInvitation("id", { status: "perhaps" });
// @ts-expect-error neither must a call that does not exist
void createEmailClient("google_gmail").readEverything();

export const services: Record<string, IntegrationInfo> = getAvailableIntegrations(config);
export const code = (error: unknown): ErrorCode | undefined => (isIntegrationError(error) ? error.code : undefined);
export const names = (providers: IntegrationProvider[]): string[] => providers.map((provider) => provider.getName());
export { answer, createCredentialManager, createGoogleSandbox, readMail };
