/** What generated people are called, write about and say. */
export const firstNames: readonly string[] =
  "Ada Bruno Chiara David Elif Farah Goran Hana Ivo Jana Kofi Lena Marek Nadia Oskar Priya Quentin Rosa Sören Tomás Ursula Vera Wanjiru Xavier Yuki Zoë".split(
    " ",
  );

export const lastNames: readonly string[] =
  "Almeida Bergström Castellanos Duarte Eriksen Fischer Grünwald Hassan Ibarra Jovanović Kowalski Lindgren Moreau Nakamura O'Brien Petrov Quispe Rossi Schäfer Tanaka Usman Vargas Weiß Young Zhang".split(
    " ",
  );

export const companies: readonly string[] =
  "harbour lanterns tidework northquay papermill signcraft bluehull oakroom gridline saltworks".split(" ");

export const topics: readonly string[] = [
  "Proofs for the quay boards",
  "Invoice for October",
  "Site visit next week",
  "Contract, second round",
  "Budget for the spring",
  "Photos from the opening",
  "Travel to Rotterdam",
  "Question about the drawings",
  "Minutes of Tuesday",
  "Angebot für die Beschilderung",
  "Rückfrage zum Termin",
  "Devis pour l'atelier",
  "Réunion de jeudi",
  "Presupuesto del taller",
  "会議の日程について",
  "Delivery of the aluminium sheets",
  "New colours for the ferry line",
  "Holiday dates",
];

export const sentences: readonly string[] = [
  "The second proof arrived this morning and the blue is much closer to what we saw on site.",
  "Could you send me the measurements again, the ones from the north wall are missing a digit.",
  "I have moved the meeting to Thursday because the printer cannot make it before.",
  "Please find the figures attached, everything except travel is within one percent.",
  "We should decide about the material before the harbour office closes for the holidays.",
  "The sample with the matte varnish survives salt water, the glossy one does not.",
  "Let me know whether the gate needs another list of names, ours is two weeks old.",
  "I talked to the architect and she agrees with the larger letters on the pier.",
  "There is one open question about the lighting, the cables end three metres too early.",
  "If nothing comes up I will order the sheets on Monday and they are here on Friday.",
  "The invoice for the first part has been paid, the second one is due at the end of the month.",
  "Die Druckerei braucht die Daten bis Mittwoch um zwölf, sonst verschiebt sich alles um eine Woche.",
  "Könnten Sie bitte prüfen, ob die Maße in der Zeichnung noch stimmen?",
  "Merci pour les photos, la couleur passe très bien le soir aussi.",
  "On se voit jeudi à dix heures devant l'entrée du musée.",
  "El taller confirma la entrega para el martes por la mañana.",
  "看板のサンプルは来週の月曜日に届く予定です。",
  "Nobody has answered the question about insurance yet, so I will ask again.",
  "The train at 8:14 is on time surprisingly often, I would take that one.",
  "I am out of the office on Friday, Carol has everything that you need.",
  "Two of the frames came bent, they will be replaced without charge.",
  "The permit is valid until March, and it can be extended once by phone.",
  "Could we use the wider typeface for the timetable, people read it from the ferry.",
  "Thank you for yesterday, it was good to see the whole thing at full size.",
];
