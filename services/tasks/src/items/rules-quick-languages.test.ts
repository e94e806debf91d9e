import { LANGUAGES, type Language } from '@spacedly/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadQuickParser } from './rules-quick.ts';

const parseQuick = await loadQuickParser();

/** A Saturday, half past noon in Berlin. */
const saturday = (language: Language) => ({
  now: new Date('2026-11-21T11:30:00Z'),
  timeZone: 'Europe/Berlin',
  language,
});

/** Title, due, rule. */
type Expected = [title: string, due?: string | null, rrule?: string];

const read = (line: string, language: Language): Expected => {
  const { title, dueDate, dueDay, recurrence } = parseQuick(line, saturday(language));
  const due = dueDate ?? dueDay ?? null;
  return recurrence ? [title, due, recurrence.rrule] : [title, due];
};

const UNDERSTOOD: Record<Exclude<Language, 'en'>, Record<string, Expected>> = {
  de: {
    'Bericht heute': ['Bericht', '2026-11-21'],
    'Bericht bis Freitag': ['Bericht', '2026-11-27'],
    'Mama am Montag um 9:30 anrufen': ['Mama anrufen', '2026-11-23T08:30:00.000Z'],
    'MORGEN 9 UHR SPORT': ['SPORT', '2026-11-22T08:00:00.000Z'],
    'Essay am Mo um 9': ['Essay', '2026-11-23T08:00:00.000Z'],
    'Zahnarzt 12. Mai um 14 Uhr': ['Zahnarzt', '2027-05-12T12:00:00.000Z'],
    'Prüfung am Mittwoch, den 12. Mai 2027': ['Prüfung', '2027-05-12'],
    'Prüfung am 12.5.': ['Prüfung', '2027-05-12'],
    'Prüfung 12.05.2027': ['Prüfung', '2027-05-12'],
    'Anruf in drei Tagen': ['Anruf', '2026-11-24'],
    'Anruf in einer Woche um 10': ['Anruf', '2026-11-28T09:00:00.000Z'],
    'Pause in einer halben Stunde': ['Pause', '2026-11-21T12:00:00.000Z'],
    'Treffen nächste Woche Dienstag 15 Uhr': ['Treffen', '2026-11-24T14:00:00.000Z'],
    'Planung nächste Woche': ['Planung', '2026-11-28'],
    'Oma am Freitagabend besuchen': ['Oma besuchen', '2026-11-27T19:00:00.000Z'],
    'Anruf um halb 10 morgen': ['Anruf', '2026-11-22T08:30:00.000Z'],
    'Anruf übermorgen um Viertel vor neun Uhr abends': ['Anruf', '2026-11-23T19:45:00.000Z'],
    'Tee 9 Uhr 30': ['Tee', '2026-11-22T08:30:00.000Z'],
    'Sport jede Woche': ['Sport', null, 'FREQ=WEEKLY'],
    'Sport jeden zweiten Tag': ['Sport', null, 'FREQ=DAILY;INTERVAL=2'],
    'Müll jeden Montag und Donnerstag um 7 Uhr': [
      'Müll',
      '2026-11-23T06:00:00.000Z',
      'FREQ=WEEKLY;BYDAY=MO,TH',
    ],
    'Lauf montags um 18 Uhr': ['Lauf', '2026-11-23T17:00:00.000Z', 'FREQ=WEEKLY;BYDAY=MO'],
    'Miete jeden 1. im Monat': ['Miete', null, 'FREQ=MONTHLY;BYMONTHDAY=1'],
    'Team jeden letzten Freitag im Monat': ['Team', null, 'FREQ=MONTHLY;BYDAY=-1FR'],
    'Team jeden Werktag': ['Team', null, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    'Vokabeln täglich um 8': ['Vokabeln', '2026-11-22T07:00:00.000Z', 'FREQ=DAILY'],
  },
  es: {
    'Informe hoy': ['Informe', '2026-11-21'],
    'Informe para el viernes': ['Informe', '2026-11-27'],
    'Llamar a mamá el lunes a las 9:30': ['Llamar a mamá', '2026-11-23T08:30:00.000Z'],
    'Médico el 12 de mayo a las 14 h': ['Médico', '2027-05-12T12:00:00.000Z'],
    'Examen 12/05/2027': ['Examen', '2027-05-12'],
    'Llamar mañana a las 9 al banco': ['Llamar al banco', '2026-11-22T08:00:00.000Z'],
    'Reunión pasado mañana por la tarde': ['Reunión', '2026-11-23T14:00:00.000Z'],
    'Llamar en tres días': ['Llamar', '2026-11-24'],
    'Pausa en media hora': ['Pausa', '2026-11-21T12:00:00.000Z'],
    'Llamar el próximo martes': ['Llamar', '2026-11-24'],
    'Plan la semana que viene': ['Plan', '2026-11-28'],
    'Cena el sábado a las 9 de la noche': ['Cena', '2026-11-21T20:00:00.000Z'],
    'Comer a las 2 y media de la tarde': ['Comer', '2026-11-21T13:30:00.000Z'],
    'Merienda a las nueve menos cuarto': ['Merienda', '2026-11-22T07:45:00.000Z'],
    'Correr cada semana': ['Correr', null, 'FREQ=WEEKLY'],
    'Correr todos los días a las 7': ['Correr', '2026-11-22T06:00:00.000Z', 'FREQ=DAILY'],
    'Basura todos los lunes y jueves a las 7': [
      'Basura',
      '2026-11-23T06:00:00.000Z',
      'FREQ=WEEKLY;BYDAY=MO,TH',
    ],
    'Pagar el 15 de cada mes': ['Pagar', null, 'FREQ=MONTHLY;BYMONTHDAY=15'],
    'Reunión el último viernes de cada mes': ['Reunión', null, 'FREQ=MONTHLY;BYDAY=-1FR'],
    'Leer diariamente a las 7': ['Leer', '2026-11-22T06:00:00.000Z', 'FREQ=DAILY'],
    'Regar cada dos semanas': ['Regar', null, 'FREQ=WEEKLY;INTERVAL=2'],
  },
  hi: {
    'रिपोर्ट आज': ['रिपोर्ट', '2026-11-21'],
    'रिपोर्ट शुक्रवार तक': ['रिपोर्ट', '2026-11-27'],
    'चाय 9 बजे': ['चाय', '2026-11-22T08:00:00.000Z'],
    'माँ को सोमवार को 9:30 बजे फ़ोन': ['माँ को फ़ोन', '2026-11-23T08:30:00.000Z'],
    'परीक्षा १२ मई २०२७ को': ['परीक्षा', '2027-05-12'],
    'तीन दिन में किताब': ['किताब', '2026-11-24'],
    'आधे घंटे में फ़ोन': ['फ़ोन', '2026-11-21T12:00:00.000Z'],
    'योजना अगले हफ़्ते': ['योजना', '2026-11-28'],
    'बैठक अगले सप्ताह सोमवार को': ['बैठक', '2026-11-23'],
    'आज शाम खाना': ['खाना', '2026-11-21T19:00:00.000Z'],
    'परसों शाम 5 बजे मिलना': ['मिलना', '2026-11-23T16:00:00.000Z'],
    'कल रात पढ़ना': ['पढ़ना', '2026-11-22T19:00:00.000Z'],
    'कल साढ़े 9 बजे चाय': ['चाय', '2026-11-22T08:30:00.000Z'],
    'सफ़ाई हर हफ़्ते': ['सफ़ाई', null, 'FREQ=WEEKLY'],
    'सफ़ाई हर दूसरे हफ्ते': ['सफ़ाई', null, 'FREQ=WEEKLY;INTERVAL=2'],
    'कूड़ा हर सोमवार और गुरुवार को शाम 7 बजे': ['कूड़ा', '2026-11-23T18:00:00.000Z', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    'किराया हर महीने की 1 तारीख को': ['किराया', null, 'FREQ=MONTHLY;BYMONTHDAY=1'],
    'पढ़ना रोज़ाना': ['पढ़ना', null, 'FREQ=DAILY'],
  },
};

describe.each(Object.entries(UNDERSTOOD))('in %s is understood', (language, lines) => {
  test.each(Object.entries(lines))('%s', (line, expected) => {
    expect(read(line, language as Language)).toEqual(expected);
  });
});

/** What chrono's own German and Spanish make a date of, or a table of words alone would. */
const LEFT: Record<Exclude<Language, 'en'>, string[]> = {
  de: [
    'Das ist so gut',
    'Frau Do anrufen',
    'Um 9 Punkte verbessern',
    'Guten Morgen sagen',
    'Jeden Morgen lächeln',
    'Kapitel 10 am Ende lesen',
    'Kapitel 3.2. lesen',
    'Essen für morgen kochen',
    'Bericht von gestern lesen',
    'Urlaub von Montag bis Freitag',
    'Montag oder Dienstag entscheiden',
    'Seite 3 bis 5 lesen',
    'Seminar 9 bis 11 Uhr',
    '3 Minuten dehnen',
    '1/2 Buch lesen',
    'Milch 3,50 Euro',
    'Montag-Treffen vorbereiten',
    'Abgabe am 31.02.2027',
    'Wecker 25 Uhr',
  ],
  es: [
    'Ir al mar',
    'Llamar a Plácido Domingo',
    'Correr por la mañana',
    'Escribir a las 3 amigas',
    'Estudiar las 3 preguntas',
    'Leer capítulos 2 a 3',
    'Leer 30 minutos',
    'Tareas de mañana',
    'Vacaciones de lunes a viernes',
    'Noche en vela',
    'Entrega el 31 de febrero',
  ],
  hi: [
    'कल की मीटिंग की तैयारी',
    'सोमवार से शुक्रवार तक छुट्टी',
    '9 से 11 बजे तक कक्षा',
    'रात 12 बजे फ़ोन',
    'दो लोग',
    'सोमवारी व्रत',
  ],
};

describe.each(Object.entries(LEFT))('in %s stays in the title', (language, lines) => {
  test.each(lines)('%s', (line) => {
    expect(parseQuick(line, saturday(language as Language))).toEqual({ title: line });
  });
});

test.each([
  ['de', '!hoch', 'high'],
  ['de', '!Niedrig', 'low'],
  ['es', '!alta', 'high'],
  ['es', '!baja', 'low'],
  ['hi', '!उच्च', 'high'],
  ['hi', '!मध्यम', 'medium'],
  ['hi', '!low', 'low'],
] as const)('in %s %s is a priority', (language, mark, priority) => {
  expect(parseQuick(`X ${mark}`, saturday(language))).toEqual({ title: 'X', priority });
});

test.each([
  ['de', 'Haare alle! 6 Wochen', 'FREQ=WEEKLY;INTERVAL=6'],
  ['es', 'Pelo cada! 6 semanas', 'FREQ=WEEKLY;INTERVAL=6'],
  ['hi', 'बाल हर! 6 हफ़्ते', 'FREQ=WEEKLY;INTERVAL=6'],
] as const)('in %s a bang counts from the completion', (language, line, rrule) => {
  const { recurrence } = parseQuick(line, saturday(language));
  expect(recurrence).toEqual({ rrule, anchor: 'completion' });
});

test('a category may be in any script', () => {
  expect(parseQuick('दोहराएँ #पढ़ाई @"समूह कार्य"', saturday('en'))).toEqual({
    title: 'दोहराएँ',
    category: 'पढ़ाई',
    labels: ['समूह कार्य'],
  });
});

test('accents and dots may be written as signs of their own', () => {
  expect(read('Bericht u\u0308bermorgen', 'de')).toEqual(['Bericht', '2026-11-23']);
  expect(read('सफाई हर ह\u095e\u094dते', 'hi')).toEqual(['सफाई', null, 'FREQ=WEEKLY']);
});

const ENGLISH = [
  'Revise graphs tomorrow 9am #Study !high every week',
  'Pay rent next friday',
  'Call mum at 5pm',
  'Stretch in 30 minutes',
  'Call Boston 5pm EST',
  'Exam on 12 Dec at 14:00',
  'Taxes 2027-05-31',
  'Party 28 March 2027 at 1:30',
  'Read ~45m tonight',
  'Water plants every mon, wed and fri at 9:30',
  'Cut hair every! 6 weeks',
  'Greet everyone and every cat',
];

test.each(LANGUAGES)('English is understood in %s as well', (language) => {
  for (const line of ENGLISH) {
    expect(parseQuick(line, saturday(language))).toEqual(parseQuick(line, saturday('en')));
  }
});

test('English itself knows none of the other words', () => {
  for (const lines of Object.values(LEFT)) {
    for (const line of ['Bericht morgen', 'Informe mañana', 'रिपोर्ट कल', 'X !hoch', ...lines.slice(0, 2)]) {
      expect(parseQuick(line, saturday('en'))).toEqual({ title: line });
    }
  }
});

describe('the clock of the person', () => {
  test.each([
    ['de', 'Uhr stellen morgen um 2:30', 'Europe/Berlin', '2027-03-27T12:00:00Z', '2027-03-28T01:30:00.000Z'],
    ['es', 'Reloj mañana a las 2:30', 'Europe/Madrid', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['es', 'Llamar mañana a las 9', 'America/Santiago', '2026-11-22T02:30:00Z', '2026-11-22T12:00:00.000Z'],
    ['hi', 'चाय कल सुबह 7 बजे', 'Asia/Kolkata', '2026-11-21T19:00:00Z', '2026-11-23T01:30:00.000Z'],
  ] as const)('in %s: %s in %s', (language, line, timeZone, now, due) => {
    expect(parseQuick(line, { now: new Date(now), timeZone, language }).dueDate).toBe(due);
  });
});

const words = fc.constantFrom(
  ...'morgen um 9 Uhr am Montag jeden alle! 2 Wochen bis nächste 12.05. 31.02.2027 halb'.split(' '),
  ...'mañana a las el lunes cada todos los de mes en media hora 12/05 pasado'.split(' '),
  ...'कल सुबह बजे हर हफ़्ते सोमवार को महीने की तारीख ३ में 99 0 रात'.split(' '),
  ...'tomorrow every week at on 9am next 1 jan 0000 99999 !hoch #x @y ~1h \uFFFC \t'.split(' '),
);
const lines = fc
  .array(
    fc.oneof(
      words,
      words,
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(' ').slice(0, 500))
  .filter((line) => line.trim() !== '' && line.isWellFormed() && !line.includes('\0'));

test('any line becomes a task whose title is made of its own words, in order, or is refused', () => {
  fc.assert(
    fc.property(lines, fc.constantFrom(...LANGUAGES), (line, language) => {
      let task: ReturnType<typeof parseQuick>;
      try {
        task = parseQuick(line, saturday(language));
      } catch (error) {
        expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
        return;
      }
      const said = (language === 'en' ? line : line.normalize('NFC')).replaceAll(/\s+/g, ' ');
      let from = 0;
      for (const word of task.title.split(' ')) {
        const at = said.indexOf(word, from);
        expect(at, `${word} of ${task.title}`).toBeGreaterThanOrEqual(from);
        from = at + word.length;
      }
    }),
    { numRuns: 2_000 },
  );
});
