import { findChromium, launchChromium } from '../e2e/chromium.ts';
import { buildWeb } from '../e2e/web-build.ts';
import { usePostgres } from '../harness/postgres.ts';
import { startSystem } from '../harness/system.ts';
import { prepareFolder } from './camera.ts';
import { createClock } from './clock.ts';
import { writeGuide } from './guide.ts';
import { populate } from './people.ts';
import { access, firstDay, firstStart } from './scenes-access.ts';
import { admin, reviews, settings, trouble } from './scenes-more.ts';
import { calendar, tasks, today } from './scenes-tasks.ts';
import { createStudio } from './studio.ts';

const LATER = [access, firstDay, today, tasks, calendar, reviews, settings, admin, trouble];
/** `npm run screenshots -- ^calendar` takes only some of the pictures. */
const [only] = process.argv.slice(2);
const wanted = only === undefined ? undefined : new RegExp(only);

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium found. Install one or set CHROMIUM_PATH.');
await buildWeb();
await prepareFolder();
const stopPostgres = await usePostgres();
const clock = await createClock();
const system = await startSystem('single', clock.settings);
const browser = await launchChromium(executablePath);
try {
  const studio = createStudio({ browser, url: system.url, clock });
  await studio.shoot(firstStart, wanted);
  const { grace, ada, new: noor } = await populate(system.url, clock);
  studio.people.set('grace', grace).set('ada', ada).set('new', noor);
  for (const chapter of LATER) await studio.shoot(chapter, wanted);
  await writeGuide([firstStart, ...LATER]);
} finally {
  await browser.close();
  await system.stop();
  await stopPostgres();
}
