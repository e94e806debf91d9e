import type { Texts } from '../en/index.ts';
import { access } from './access.ts';
import { admin } from './admin.ts';
import { analytics } from './analytics.ts';
import { app } from './app.ts';
import { attachments } from './attachments.ts';
import { auth } from './auth.ts';
import { bin } from './bin.ts';
import { board } from './board.ts';
import { bulk } from './bulk.ts';
import { business } from './business.ts';
import { calendar } from './calendar.ts';
import { comments } from './comments.ts';
import { day } from './day.ts';
import { documents } from './documents.ts';
import { errors } from './errors.ts';
import { exams } from './exams.ts';
import { landing } from './landing.ts';
import { notifications } from './notifications.ts';
import { palette } from './palette.ts';
import { picker } from './picker.ts';
import { preferences } from './preferences.ts';
import { profile } from './profile.ts';
import { quickAdd } from './quick-add.ts';
import { reminders } from './reminders.ts';
import { repeat } from './repeat.ts';
import { reviews } from './reviews.ts';
import { samples } from './samples.ts';
import { search } from './search.ts';
import { security } from './security.ts';
import { server } from './server.ts';
import { settings } from './settings.ts';
import { sharing } from './sharing.ts';
import { task } from './task.ts';
import { taskList } from './task-list.ts';
import { taskView } from './task-view.ts';
import { tasks } from './tasks.ts';
import { time } from './time.ts';
import { timeline } from './timeline.ts';
import { today } from './today.ts';
import { welcome } from './welcome.ts';

export const texts: Texts = {
  access,
  admin,
  analytics,
  app,
  attachments,
  auth,
  bin,
  board,
  bulk,
  business,
  calendar,
  comments,
  day,
  documents,
  errors,
  exams,
  landing,
  notifications,
  palette,
  picker,
  preferences,
  profile,
  quickAdd,
  reminders,
  repeat,
  reviews,
  samples,
  search,
  security,
  settings,
  sharing,
  task,
  taskList,
  taskView,
  tasks,
  time,
  timeline,
  today,
  welcome,
};

export { server };
