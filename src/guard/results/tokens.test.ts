import { createHash } from "node:crypto";
import fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { hostileMails } from "../../sandbox/lifelike/hostile-mails.js";
import { lifelikeMails } from "../../sandbox/lifelike/mails.js";
import { cutToTokens, estimateTokens } from "./tokens.js";

const now = Date.UTC(2026, 10, 30, 9);
const bytes = Array.from({ length: 40 }, (_, index) => createHash("sha512").update(`${index}`).digest());
const noise = Buffer.concat(bytes);
const mails = [...lifelikeMails(now), ...hostileMails];

const english = `Dear all,

thank you for coming to the harbour on Tuesday. We have looked at both proofs once more and would like to go ahead with the second blue, since it survives salt and sun better than the first. The printer needs our answer by Friday at noon; otherwise the boards will not be ready before the opening.

Could somebody bring the keys for the lower quay? I am travelling until Wednesday, and Carol's train doesn't arrive until ten. If it rains we'll meet at the café near the bridge instead, as we did last year.

The accounts department has asked for an updated estimate: please send me the number of hours that you expect to spend on lettering, mounting and transport, so I can add them up over the weekend.

Best wishes,
Alice`;

const results = mails.slice(0, 12).map((mail, index) => ({
  id: bytes[index % bytes.length]?.toString("hex").slice(0, 16),
  ...{ from: mail.from, subject: mail.subject, unread: true, labels: ["INBOX", "Projects/Harbour"] },
  ...{ date: "2026-11-24 Tue 09:12", snippet: mail.text?.slice(0, 120) ?? 'He said: "no".\n\\ok' },
}));

const texts: Record<string, string> = {
  english,
  german:
    "Sehr geehrte Damen und Herren, die Eröffnungsfeier findet am Donnerstag statt. Bitte überprüfen Sie die Haftpflichtversicherungsbescheinigung und schicken Sie uns die unterschriebene Auftragsbestätigung zurück. Mit freundlichen Grüßen, Jürgen Weiß",
  french:
    "Bonjour, voici le devis corrigé pour les panneaux du port. Pourriez-vous nous préciser à quelle heure la livraison aura lieu ? Bien à vous, Hélène",
  polish: "Dzień dobry, w załączniku przesyłam potwierdzenie zamówienia oraz harmonogram wyjazdu. Pozdrawiam, Łukasz",
  turkish: "Merhaba, toplantıyı önümüzdeki perşembe gününe ertelememiz gerekiyor. Görüşmek üzere, Çağla",
  vietnamese: "Kính gửi quý khách, chúng tôi đã nhận được đơn đặt hàng và sẽ giao hàng vào tuần tới.",
  russian: "Здравствуйте! Подтверждаем получение вашего заказа. Доставка запланирована на следующий четверг.",
  greek: "Καλημέρα σας, σας στέλνω το αναθεωρημένο πρόγραμμα της επίσκεψης για την ερχόμενη Πέμπτη.",
  chinese: "您好，附件是修改后的报价单。请在星期五中午之前确认颜色，否则展板无法在开幕前完成。谢谢！",
  traditional: "您好，附件是修改後的報價單。請在星期五中午之前確認顏色，否則展板無法在開幕前完成。謝謝！",
  japanese:
    "お世話になっております。来週木曜日の打ち合わせの件ですが、時間を午後三時に変更していただけますでしょうか。",
  korean:
    "안녕하세요. 다음 주 목요일 회의 일정을 오후 세 시로 변경해 주시면 감사하겠습니다. 첨부 파일을 확인해 주세요.",
  arabic: "السلام عليكم، نرفق لكم عرض الأسعار المعدل. نرجو تأكيد الموعد قبل يوم الخميس القادم. مع أطيب التحيات",
  hebrew: "שלום רב, מצורפת הצעת המחיר המעודכנת. נא לאשר את מועד הפגישה עד יום חמישי בצהריים.",
  persian: "سلام، می‌خواهم زمان جلسه را به پنج‌شنبهٔ آینده تغییر دهم.",
  hindi: "नमस्ते, कृपया संलग्न दस्तावेज़ देखें और गुरुवार तक बैठक का समय पुष्टि करें। धन्यवाद",
  bengali: "নমস্কার, অনুগ্রহ করে সংযুক্ত নথিটি দেখুন এবং বৃহস্পতিবারের মধ্যে জানান।",
  tamil: "வணக்கம், இணைக்கப்பட்ட ஆவணத்தைப் பார்த்து வியாழக்கிழமைக்குள் தெரிவிக்கவும்.",
  thai: "สวัสดีครับ กรุณายืนยันเวลาประชุมก่อนวันพฤหัสบดีหน้า ขอบคุณมากครับ",
  georgian: "გამარჯობა, გთხოვთ დაადასტუროთ შეხვედრის დრო ხუთშაბათამდე.",
  emoji: "🎉🎂🥳 👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 ❤️‍🔥 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🫠🧑‍🚀 ✅⚠️📎",
  base64: noise.toString("base64"),
  "base64 in lines": noise.toString("base64").replace(/.{76}/g, "$&\r\n"),
  hexadecimal: noise.toString("hex"),
  "mail ids": bytes.map((each) => each.toString("hex").slice(0, 16)).join(" "),
  "event ids": bytes
    .map((each) => each.toString("base64url").toLowerCase().replace(/[-_]/g, "").slice(0, 26))
    .join("\n"),
  uuids: bytes
    .map((each) => each.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5"))
    .join("\n"),
  addresses:
    'Jens "JP" Petersen <j.petersen@harbour.example>, alice@example.com, no-reply+4f3a@mail.notifications.example.co.uk',
  "web addresses":
    "https://www.example.com/a/b-c_d/index.php?utm_source=mail&id=8f3a9c&x=%C3%A4%2F#top http://xn--bcher-kva.example/~user/",
  json: JSON.stringify(results),
  "indented json": JSON.stringify(results, null, 2),
  "json within json": JSON.stringify({ body: JSON.stringify({ path: "C:\\Users\\x", text: '"\t\\n\u0001' }) }),
  times: bytes.map((each) => new Date(now + each.readUInt32BE()).toISOString()).join("\n"),
  "local times": bytes
    .map((each) => `${new Date(now + each.readUInt32BE()).toISOString().slice(0, 19)}+05:30`)
    .join(" "),
  code: estimateTokens.toString() + cutToTokens.toString(),
  "html tags":
    '<table border="0" cellpadding="0"><tr><td style="font-family:Arial,sans-serif;color:#333">&nbsp;</td></tr></table>',
  noise: Array.from(noise, (byte) => String.fromCharCode(32 + (byte % 95))).join(""),
  capitals: "BEGIN:VCALENDAR\nMETHOD:REQUEST\nPLEASE READ THIS IMPORTANT NOTICE IMMEDIATELY\nEND:VCALENDAR",
  rulers: `${"-".repeat(72)}\n${"=".repeat(40)}\n\n\n\n${" ".repeat(90)}\t\t\t|\n${"> ".repeat(9)}\n* * *\n`,
  mails: mails.map(({ from, subject, text, html }) => [from, subject, text ?? html].join("\n")).join("\n\n"),
};

describe("estimateTokens", () => {
  it.each(Object.entries(texts))("is never below what there is: %s", (_, text) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(countTokens(text));
    for (const part of text.match(/[^]{1,200}/gu) ?? []) {
      expect(estimateTokens(part), part).toBeGreaterThanOrEqual(countTokens(part));
    }
  });

  it.each(["english", "json", "indented json", "mails"])("wastes little of a budget: %s", (kind) => {
    const text = texts[kind] ?? "";
    expect(estimateTokens(text) / countTokens(text)).toBeLessThan(1.35);
  });

  it.each(["german", "chinese", "japanese", "arabic", "hindi", "thai", "hexadecimal", "base64"])(
    "is no wild guess: %s",
    (kind) => {
      const text = (texts[kind] ?? "").repeat(10);
      expect(estimateTokens(text) / countTokens(text)).toBeLessThan(2);
    },
  );

  it("is never below what there is, whatever the text", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 5 }).map((all) => all.join(" "));
    const units = ["grapheme", "grapheme-ascii", "binary-ascii", "binary"] as const;
    const strings = units.map((unit) => fc.string({ unit, maxLength: 60 }));
    const any = fc.oneof(...strings, words, fc.json(), fc.base64String(), fc.webUrl(), fc.emailAddress(), fc.uuid());
    fc.assert(
      fc.property(any, (text) => estimateTokens(text) >= countTokens(text)),
      { numRuns: 300 },
    );
  });

  it("is nothing for nothing", () => {
    expect(estimateTokens("")).toBe(0);
  });
});

describe("cutToTokens", () => {
  const part = fc.oneof(
    fc.constantFrom(
      " ",
      "\n",
      "\n\n",
      ". ",
      "\r\n",
      "👩‍👩‍👧‍👦",
      "🇩🇪",
      "e\u0301",
      "क्षि",
      "한국",
      "您好。",
      "\u0600 1",
      "word",
      "a".repeat(90),
    ),
    fc.string({ unit: "grapheme", maxLength: 12 }),
  );
  const text = fc
    .array(part, { minLength: 1, maxLength: 40 })
    .map((parts) => parts.join(""))
    .filter((all) => all !== "");
  const characters = new Intl.Segmenter("und", { granularity: "grapheme" });

  it("loses nothing, stays within what is given, and cuts between characters", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (whole, tokens) => {
        const { head, rest } = cutToTokens(whole, tokens);
        expect(head + rest).toBe(whole);
        const starts = Array.from(characters.segment(whole), ({ index }) => index);
        expect([...starts, whole.length]).toContain(head.length);
        expect(head).not.toBe("");
        if (head.length > (starts[1] ?? whole.length)) expect(estimateTokens(head)).toBeLessThanOrEqual(tokens);
      }),
      { numRuns: 300 },
    );
  });

  it("leaves a text whole that fits, and has no head for less than one token", () => {
    expect(cutToTokens(english, estimateTokens(english))).toEqual({ head: english, rest: "" });
    expect(cutToTokens(english, 0)).toEqual({ head: "", rest: english });
    expect(cutToTokens("", 10)).toEqual({ head: "", rest: "" });
  });

  const filler = "seventeen plain words without any end ".repeat(6);

  it.each([
    ["a paragraph", `${filler}\n\nFour five.\nSix. Seven `, "\n\n"],
    ["a line", `${filler}four five\nSix. Seven `, "five\n"],
    ["a sentence", `${filler}six. Seven `, "six. "],
    ["a sentence in Chinese", `${"您好".repeat(40)}。您好`, "。"],
    ["a word", `${filler}supercali`, "end "],
  ])("prefers the end of %s", (_, text, end) => {
    const whole = `${text}fragilisticexpialidocious ${filler}`;
    const { head } = cutToTokens(whole, estimateTokens(text) + 2);
    expect(head).toBe(text.slice(0, text.lastIndexOf(end) + end.length));
  });

  it.each(["\u0301", "👩\u200d", "\u1100", "\u0600", "🇩🇪", "a", " ", "您"])(
    "stays small with a character without an end: %j",
    (piece) => {
      const whole = piece.repeat(5000);
      const { head, rest } = cutToTokens(whole, 100);
      expect(head + rest).toBe(whole);
      expect(estimateTokens(head)).toBeLessThanOrEqual(100);
      expect(head.isWellFormed()).toBe(true);
      expect(cutToTokens(whole, 1).head).not.toBe("");
    },
  );

  it("goes on where it ended, to the end of a text", () => {
    const pieces: string[] = [];
    for (let rest = texts["mails"] ?? ""; rest !== "";) {
      const cut = cutToTokens(rest, 100);
      pieces.push(cut.head);
      rest = cut.rest;
    }
    expect(pieces.join("")).toBe(texts["mails"]);
    expect(Math.max(...pieces.map((piece) => countTokens(piece)))).toBeLessThanOrEqual(100);
    expect(pieces.slice(0, -1).every((piece) => /\s$/.test(piece))).toBe(true);
  });
});
