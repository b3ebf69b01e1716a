/** Which of Google's two tables of quota units holds: projects made since 1 May 2026 pay more for reading. */
export type UnitTable = "2026" | "before-2026";

/** Units on projects made before 1 May 2026, by Gmail's method without `gmail.users.`. */
const before2026: Readonly<Record<string, number>> = {
  "drafts.create": 10,
  "drafts.delete": 10,
  "drafts.get": 5,
  "drafts.list": 5,
  "drafts.send": 100,
  "drafts.update": 15,
  getProfile: 1,
  "history.list": 2,
  "labels.create": 5,
  "labels.delete": 5,
  "labels.get": 1,
  "labels.list": 1,
  "labels.patch": 5,
  "labels.update": 5,
  "messages.attachments.get": 5,
  "messages.batchDelete": 50,
  "messages.batchModify": 50,
  "messages.delete": 10,
  "messages.get": 5,
  "messages.import": 25,
  "messages.insert": 25,
  "messages.list": 5,
  "messages.modify": 5,
  "messages.send": 100,
  "messages.trash": 5,
  "messages.untrash": 5,
  stop: 50,
  "threads.delete": 20,
  "threads.get": 10,
  "threads.list": 10,
  "threads.modify": 10,
  "threads.trash": 10,
  "threads.untrash": 10,
  watch: 100,
};

/** What is different on newer projects. Unsure(google): the published table may still change. */
const since2026: Readonly<Record<string, number>> = {
  "drafts.get": 20,
  "labels.get": 5,
  "messages.attachments.get": 20,
  "messages.get": 20,
  "messages.trash": 20,
  "threads.get": 40,
};

/** What a call costs. Reading a setting costs 1, as does each call of Calendar's. */
export function unitsOf(method: string, table: UnitTable): number {
  const name = method.replace(/^gmail\.users\./, "");
  return (table === "2026" ? since2026[name] : undefined) ?? before2026[name] ?? 1;
}
