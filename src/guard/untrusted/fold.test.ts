import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldMail } from "./fold.js";

const earlier =
  "> Shall we meet on Thursday at the harbour office?\n> The plans are ready, and the printer waits.\n>\n> Bob";

describe("foldMail, earlier mails below", () => {
  it.each([
    "On Mon, Nov 23, 2026 at 9:12 AM Bob Okafor <bob@example.com> wrote:",
    "On Mon, Nov 23, 2026 at 9:12 AM Bob Okafor, the printer <\nbob.okafor.the.printer@example.com> wrote:",
    "On Mon, Nov 23, 2026 at 9:12 AM\nBob Okafor <bob@example.com>\nwrote:",
    "Am Mo., 23. Nov. 2026 um 09:12 Uhr schrieb Bob <bob@example.com>:",
    "Am 23.11.2026 um 09:12 schrieb Bob:",
    "Le lun. 23 nov. 2026 à 09:12, Bob <bob@example.com> a écrit :",
    "El lun, 23 nov 2026 a las 9:12, Bob (<bob@example.com>) escribió:",
    "Il giorno lun 23 nov 2026 alle ore 09:12 Bob <bob@example.com> ha scritto:",
    "Em seg., 23 de nov. de 2026 às 09:12, Bob <bob@example.com> escreveu:",
    "Op ma 23 nov 2026 om 09:12 schreef Bob <bob@example.com>:",
    "Den mån 23 nov. 2026 kl 09:12 skrev Bob <bob@example.com>:",
    "pon., 23 lis 2026 o 09:12 Bob <bob@example.com> napisał(a):",
    "пн, 23 нояб. 2026 г. в 09:12, Bob <bob@example.com>:",
    "2026年11月23日(月) 9:12 Bob <bob@example.com>:",
    "Bob <bob@example.com> 于2026年11月23日周一 09:12写道：",
    "2026년 11월 23일 (월) 오전 9:12, Bob <bob@example.com>님이 작성:",
    "Bob wrote:",
  ])("folds them with the line that introduces them: %s", (introduction) => {
    const quoted = `${introduction}\n\n${earlier}`;
    const { text, folded } = foldMail(`Yes, gladly.\n\nAlice\n\n${quoted}\n`);
    expect(text).toBe("Yes, gladly.\n\nAlice");
    expect(folded).toEqual([{ what: "quoted earlier mail", text: quoted }]);
  });

  it("folds a whole conversation, also where its own lines introduce it", () => {
    const conversation = `On Tue, Nov 24, 2026 Carol <carol@example.com> wrote:\n${earlier}\n\nOn Mon, Nov 23, 2026 Bob <bob@example.com> wrote:\n>> ${"long ".repeat(300).trimEnd()}`;
    const { text, folded } = foldMail(`Yes.\n\n${conversation}`);
    expect(text).toBe("Yes.");
    expect(folded.map(({ what }) => what)).toEqual(["quoted earlier mail"]);
    expect(folded[0]?.text).toBe(conversation);
  });

  it.each([
    "-----Original Message-----\nFrom: Bob\nSent: Monday\n\nShall we meet?",
    "----- Ursprüngliche Nachricht -----\nVon: Bob\n\nTreffen?",
    "________________________________\nFrom: Bob <bob@example.com>\nSent: Monday, November 23, 2026 9:12 AM\nTo: Alice\nSubject: Plans\n\nShall we meet?",
    "Von: Bob <bob@example.com>\nGesendet: Montag, 23. November 2026 09:12\nAn: Alice\nCc: Carol\nBetreff: Pläne\n\nTreffen?",
    "De : Bob <bob@example.com>\nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : Alice\nObjet : Plans\n\nOn se voit ?",
    "*From:* Bob <bob@example.com>\n*Sent:* Monday\n*To:* Alice\n*Subject:* Plans\n\nShall we meet?",
  ])("folds what Outlook puts below: %j", (below) => {
    expect(foldMail(`Yes.\n\n${below}`)).toEqual({
      text: "Yes.",
      folded: [{ what: "quoted earlier mail", text: below }],
    });
  });

  it("does not take the sentence before for the introduction", () => {
    expect(foldMail(`I met Carol.\nBob wrote:\n${earlier}`).text).toBe("I met Carol.");
  });

  it.each([
    "From: here you can see the sea.\nTo: get there, walk.",
    "He wrote: nothing.\n\nOn Monday she wrote:\n\nand that was all.",
    "a -- b\n---\nc > d\n-- e",
    "Thanks.\n\n> Is that right?\n\nYes",
    "Salt wins.\n\n> I lean towards the second.",
  ])("leaves what only looks like one: %j", (text) => {
    expect(foldMail(text)).toEqual({ text, folded: [] });
  });
});

describe("foldMail, quotations between answers", () => {
  it("leaves the answers at their place", () => {
    const [first, second] = ["> a\n> b\n>\n> c", "> d\n> e\n> f"];
    expect(foldMail(`Bob wrote:\n${first}\n\nYes to that.\n\n${second}\nNo.\n\n> short\n\nMaybe.\n`)).toEqual({
      text: "[quoted text, 24 characters]\n\nYes to that.\n\n[quoted text, 11 characters]\nNo.\n\n> short\n\nMaybe.",
      folded: [
        { what: "quoted text", text: `Bob wrote:\n${first}` },
        { what: "quoted text", text: second },
      ],
    });
  });

  it("folds the twenty first, so that a hostile mail does not have a million", () => {
    const { text, folded } = foldMail("> a\n> b\n> c\nanswer\n".repeat(100));
    expect(folded).toHaveLength(20);
    expect(text).toContain("[quoted text, 11 characters]\nanswer\n> a\n> b\n> c\nanswer");
  });
});

describe("foldMail, signatures", () => {
  it("folds them above what is quoted, below it, and alone", () => {
    const signature = "-- \nAlice Moreau\nHarbour Signs, +33 1 23 45 67 89";
    expect(foldMail(`Yes.\n\n${signature}`)).toEqual({
      text: "Yes.",
      folded: [{ what: "signature", text: signature }],
    });
    const above = foldMail(`Yes.\n\n${signature}\n\nBob wrote:\n${earlier}`);
    expect(above.text).toBe("Yes.");
    expect(above.folded.map(({ text }) => text)).toEqual([signature, `Bob wrote:\n${earlier}`]);
    const below = foldMail(`Yes.\n\nBob wrote:\n${earlier}\n\n${signature}`);
    expect(below.text).toBe("Yes.");
    expect(below.folded.map(({ text }) => text)).toEqual([`Bob wrote:\n${earlier}`, signature]);
  });

  it.each([
    "Sent from my iPhone",
    "Get Outlook for Android<https://aka.ms/x>",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPad",
  ])("folds what a telephone adds: %s", (added) => {
    expect(foldMail(`Yes.\n\n${added}\n\nBob wrote:\n${earlier}`).text).toBe("Yes.");
  });

  it("does not take a long part of a mail for one", () => {
    const text = `Yes.\n\n-- \n${"A line of a newsletter.\n".repeat(60)}`.trimEnd();
    expect(foldMail(text)).toEqual({ text, folded: [] });
  });
});

describe("foldMail, as a whole", () => {
  it.each([
    "",
    "\n\n",
    earlier,
    `Bob wrote:\n${earlier}`,
    `Bob wrote:\n${earlier}\n\n-- \nAlice`,
    "Sent from my iPhone",
    "---------- Forwarded message ---------\nFrom: Bob\nDate: Mon\nSubject: Plans\nTo: Alice\n\nHi!",
    "Begin forwarded message:\n\nFrom: Bob\nDate: Mon\nSubject: Plans\n\nHi!\n\n-- \nBob",
    "From: Bob\nSent: Monday\nTo: Alice\nSubject: Plans\n\nHi!",
  ])("leaves a mail without own text as it is: %j", (text) => {
    expect(foldMail(text)).toEqual({ text, folded: [] });
  });

  it("folds a forwarded mail below own words", () => {
    const forwarded = "---------- Forwarded message ---------\nFrom: Bob\nDate: Mon\nSubject: Plans\n\nHi!\n> old";
    expect(foldMail(`Have a look.\n\n${forwarded}`)).toEqual({
      text: "Have a look.",
      folded: [{ what: "forwarded mail", text: forwarded }],
    });
  });

  const written = (text: string): string[] =>
    text
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== "");

  it("loses nothing", () => {
    const pieces = [
      "> a",
      ">> b",
      "> c",
      "",
      "own",
      "Bob wrote:",
      "-- ",
      "--",
      "On 1 May",
      "Sent from my iPhone",
      "From: x",
      "Date: y",
      "To: z",
      "-----Original Message-----",
      "Begin forwarded message:",
      "____________",
      "> a\n> b\n> c",
      "\r",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (lines) => {
        const whole = lines.join("\n");
        const { text, folded } = foldMail(whole);
        let rest = text;
        for (const piece of folded.filter(({ what }) => what === "quoted text")) {
          const mark = `[quoted text, ${piece.text.length} characters]`;
          expect(rest).toContain(mark);
          rest = rest.replace(mark, () => piece.text);
        }
        for (const piece of folded.filter(({ what }) => what !== "quoted text")) rest += `\n${piece.text}`;
        expect(written(rest)).toEqual(written(whole));
        expect(text.trim() === "" && whole.trim() !== "").toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
