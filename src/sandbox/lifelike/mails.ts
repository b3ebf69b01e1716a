import type { SeedMessage } from "../seed.js";

const hourMs = 60 * 60 * 1000;
const bob = "Bob Okafor <bob@example.com>";
const carol = "Carol Lindqvist <carol@example.com>";
const alice = "Alice Moreau <alice@example.com>";
const jens = '"Petersen, Jens" <j.petersen@harbour.example>';

/** Two weeks of mail before a moment, newest first. */
export function lifelikeMails(now: number): SeedMessage[] {
  const ago = (hours: number): number => now - Math.round(hours * hourMs);
  return [...conversations(ago), ...paperwork(ago), ...newsletters(ago), ...oddities(ago)];
}

type Ago = (hours: number) => number;
const inbox = ["INBOX", "UNREAD", "CATEGORY_PERSONAL"];
const seen = ["INBOX", "CATEGORY_PERSONAL"];

function conversations(ago: Ago): SeedMessage[] {
  return [
    {
      thread: "boards",
      from: bob,
      to: alice,
      subject: "Harbour boards: which blue?",
      date: ago(50),
      labels: [...seen, "Projects/Harbour"],
      text: "Hi Alice,\n\nthe printer sent two proofs. The first blue is closer to the quay wall, the second survives salt and sun better. I lean towards the second.\n\nCan you look before Wednesday?\n\nBob",
    },
    {
      thread: "boards",
      from: alice,
      to: bob,
      subject: "Re: Harbour boards: which blue?",
      date: ago(46),
      labels: ["SENT"],
      text: "The second one. Salt wins.\n\nCould you ask them for a sample on aluminium, too?\n\nA.\n\n> I lean towards the second.",
    },
    {
      thread: "boards",
      from: bob,
      to: alice,
      cc: carol,
      subject: "Re: Harbour boards: which blue?",
      date: ago(3.2),
      labels: [...inbox, "IMPORTANT", "Projects/Harbour"],
      text: "Sample is on its way and should be here tomorrow morning. Carol, could you add the second proof to the offer?\n\nBob",
    },
    {
      thread: "site-visit",
      from: jens,
      to: alice,
      cc: bob,
      subject: "Site visit: tide and access",
      date: ago(6.5),
      labels: [...inbox, "IMPORTANT", "STARRED", "Projects/Harbour"],
      text: "Dear Alice,\n\nlow water is at 10:40 on the first day, so the lower quay can be walked between half past nine and noon. Please send me the names of everyone who comes; the gate wants a list two days ahead.\n\nThe plan is attached.\n\nBest regards\nJens Petersen\nHarbour Authority",
      attachments: [
        {
          filename: "quay-access.txt",
          mimeType: "text/plain",
          content: "Gate 3, weekdays 06:00 to 20:00\nHelmets at the porter's lodge\nNo drones\n",
        },
      ],
    },
    {
      from: carol,
      to: alice,
      subject: "Quarterly figures, first draft",
      date: ago(22),
      labels: [...inbox, "IMPORTANT"],
      text: "Alice, the draft is attached. Travel is higher than planned because of the two extra visits in October; everything else is within a percent.\n\nIf you find the time before Friday I can still change the second sheet.\n\nCarol",
      attachments: [
        {
          filename: "figures-q3.csv",
          mimeType: "text/csv",
          content: "item,planned,actual\nTravel,4200,5110\nPrint,8800,8735\nSoftware,1300,1300\n",
        },
        {
          filename: "figures-q3.pdf",
          mimeType: "application/pdf",
          content: "JVBERi0xLjQKMSAwIG9iago8PC9UeXBlL0NhdGFsb2c+PgplbmRvYmoKdHJhaWxlcgo8PC9Sb290IDEgMCBSPj4KJSVFT0YK",
          encoding: "base64",
        },
      ],
    },
    {
      from: '"Mira" <mira@kitchen.example>',
      to: alice,
      subject: "Lunch?",
      date: ago(26),
      labels: seen,
      text: "Half past twelve at the corner? They have the lentil soup again.\n\nM",
    },
    {
      thread: "kiosk",
      from: bob,
      to: alice,
      subject: "Kiosk pitch tomorrow",
      date: ago(30),
      labels: seen,
      text: "You declined, which I understand. I will take notes and keep it to one page.\n\nBob",
    },
    {
      from: alice,
      to: "j.petersen@harbour.example",
      subject: "Names for the gate",
      date: ago(2.1),
      labels: ["SENT"],
      text: "Dear Jens,\n\nthree of us: Alice Moreau, Bob Okafor, Carol Lindqvist. Thank you for the tide table.\n\nAlice",
    },
  ];
}

function paperwork(ago: Ago): SeedMessage[] {
  const pdf = "JVBERi0xLjQKMSAwIG9iago8PC9UeXBlL0NhdGFsb2c+PgplbmRvYmoKdHJhaWxlcgo8PC9Sb290IDEgMCBSPj4KJSVFT0YK";
  const invoice = (number: string, from: string, amount: string, hours: number, labels: string[]): SeedMessage => ({
    from,
    to: alice,
    subject: `Invoice ${number}`,
    date: ago(hours),
    labels: [...labels, "Invoices"],
    text: `Dear customer,\n\nplease find invoice ${number} over ${amount} attached. It is due within 14 days.\n\nKind regards`,
    attachments: [{ filename: `invoice-${number}.pdf`, mimeType: "application/pdf", content: pdf, encoding: "base64" }],
  });
  return [
    invoice("2026-1187", "Paper & Proof <billing@paperproof.example>", "€ 1,240.00", 9, [
      "INBOX",
      "UNREAD",
      "CATEGORY_UPDATES",
    ]),
    invoice("88213", "Cloud Hosting <no-reply@hosting.example>", "€ 38.08", 75, ["INBOX", "CATEGORY_UPDATES"]),
    invoice("2026-1151", "Paper & Proof <billing@paperproof.example>", "€ 410.50", 240, ["CATEGORY_UPDATES"]),
    {
      from: "Rail Tickets <tickets@rail.example>",
      to: alice,
      subject: "Your booking to Copenhagen",
      date: ago(98),
      labels: ["INBOX", "CATEGORY_UPDATES", "Travel"],
      html: '<h1>Have a good journey</h1><p>Coach 12, seats 41 to 43. <a href="https://rail.example/b/7Q2K">Show the tickets</a></p><table><tr><th>From</th><th>To</th></tr><tr><td>Berlin Hbf 08:06</td><td>København H 15:23</td></tr></table>',
      text: "Have a good journey\n\nCoach 12, seats 41 to 43\nBerlin Hbf 08:06 - København H 15:23\nTickets: https://rail.example/b/7Q2K",
    },
    {
      from: "Hotel Østerport <stay@osterport.example>",
      to: alice,
      subject: "Bekræftelse: 3 nætter",
      date: ago(97),
      labels: ["INBOX", "CATEGORY_UPDATES", "Travel"],
      text: "Kære Alice,\n\ntak for din reservation. We look forward to welcoming you. Breakfast is from half past six.\n\nHotel Østerport",
    },
    {
      from: "Google Calendar <calendar-notification@google.com>",
      to: alice,
      subject: "Invitation: Harbour signage: second review",
      date: ago(28),
      labels: [...inbox, "IMPORTANT"],
      headers: { "Reply-To": bob },
      text: "You have been invited to: Harbour signage: second review\nBob Okafor asks for your answer.",
      attachments: [
        {
          filename: "invite.ics",
          mimeType: "text/calendar",
          content:
            "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:harbour0second@google.com\r\nSUMMARY:Harbour signage: second review\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        },
      ],
    },
  ];
}

function newsletters(ago: Ago): SeedMessage[] {
  const letter = (from: string, subject: string, hours: number, lead: string, items: string[]): SeedMessage => ({
    from,
    to: alice,
    subject,
    date: ago(hours),
    labels: ["INBOX", "UNREAD", "CATEGORY_PROMOTIONS"],
    headers: {
      "List-Id": `<${from.replace(/.*@|>.*/g, "")}>`,
      "List-Unsubscribe": "<https://news.example/unsubscribe>",
    },
    html: `<html><head><style>td{padding:8px}</style></head><body><table><tr><td><h2>${subject}</h2><p>${lead}</p><ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul><p><a href="https://news.example/read">Read on</a></p></td></tr></table></body></html>`,
  });
  return [
    letter(
      "Letterforms Weekly <hello@letterforms.example>",
      "The return of the stencil",
      12,
      "Why signs on water keep coming back to stencils, and what that does to the letter g.",
      ["An interview with a ship painter", "Free: three stencil faces", "Reader's question: kerning at three metres"],
    ),
    letter(
      "Letterforms Weekly <hello@letterforms.example>",
      "Small caps, large signs",
      180,
      "Small caps were made for books. On a wall they behave quite differently.",
      ["A walk through Antwerp", "What architects ask for"],
    ),
    letter(
      "Museum of Maps <news@maps.example>",
      "Members' evening on Thursday",
      60,
      "Doors open at six. The new hall of sea charts is yours for two hours.",
      ["A talk on tide tables", "Soup and bread"],
    ),
    letter(
      "Office Supplies <offers@supplies.example>",
      "Markers, now by the hundred",
      130,
      "Because one is never enough.",
      ["Water-based", "Refillable"],
    ),
    {
      from: "The build server <ci@studio.example>",
      to: alice,
      subject: "Website: build 481 passed",
      date: ago(16),
      labels: ["INBOX", "UNREAD", "CATEGORY_UPDATES"],
      text: "All 212 checks passed in 3 min 40 s. Deployed to staging.",
    },
    {
      from: "Forum <digest@forum.example>",
      to: alice,
      subject: '3 new answers in "Outdoor materials"',
      date: ago(40),
      labels: ["INBOX", "CATEGORY_FORUMS"],
      text: "Anodised or powder-coated? Three people have answered since yesterday.",
    },
  ];
}

function oddities(ago: Ago): SeedMessage[] {
  return [
    {
      from: "You have won <prize@lucky.example>",
      to: alice,
      subject: "URGENT: claim your boat",
      date: ago(33),
      labels: ["SPAM", "UNREAD"],
      text: "Dear winner, kindly send your full details to receive a boat.",
    },
    {
      from: carol,
      to: alice,
      subject: "Old: venue list",
      date: ago(200),
      labels: ["TRASH"],
      text: "Superseded, please ignore.",
    },
    {
      date: ago(52),
      labels: seen,
      raw: [
        "From: =?ISO-8859-1?Q?J=FCrgen_Gro=DF?= <juergen.gross@druckerei.example>",
        `To: ${alice}`,
        "Subject: =?ISO-8859-1?Q?Gr=FC=DFe_aus_der_Druckerei?=",
        "Message-ID: <druck-1@druckerei.example>",
        "MIME-Version: 1.0",
        'Content-Type: text/plain; charset="iso-8859-1"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "Guten Tag Frau Moreau,",
        "",
        "die Proofs sind f=FCr Mittwoch fertig. Das zweite Blau h=E4lt l=E4nger.",
        "",
        "Mit freundlichen Gr=FC=DFen",
        "J=FCrgen Gro=DF",
      ].join("\r\n"),
    },
    {
      from: "株式会社みなと <info@minato.example>",
      to: alice,
      subject: "お見積もりの件",
      date: ago(110),
      labels: [...inbox, "Projects/Harbour"],
      text: "アリス様\n\nお世話になっております。看板の見積もりをお送りします。ご確認ください。\n\n株式会社みなと",
    },
    {
      from: "Lena's school <office@school.example>",
      to: alice,
      subject: "Swimming moves to 16:30",
      date: ago(70),
      labels: ["INBOX", "CATEGORY_PERSONAL", "STARRED"],
      headers: { "X-Priority": "1" },
      text: "Dear parents,\n\nfrom next week the pool is ours from 16:30. Please bring the children ten minutes early.\n\nThe school office",
    },
  ];
}
