import { access } from './access.ts';
import { admin } from './admin.ts';
import { analytics } from './analytics.ts';
import { app } from './app.ts';
import { auth } from './auth.ts';
import { business } from './business.ts';
import { calendar } from './calendar.ts';
import { day } from './day.ts';
import { errors } from './errors.ts';
import { exams } from './exams.ts';
import { landing } from './landing.ts';
import { notifications } from './notifications.ts';
import { picker } from './picker.ts';
import { profile } from './profile.ts';
import { reminders } from './reminders.ts';
import { reviews } from './reviews.ts';
import { security } from './security.ts';
import { settings } from './settings.ts';
import { task } from './task.ts';
import { tasks } from './tasks.ts';
import { time } from './time.ts';
import { today } from './today.ts';
import { welcome } from './welcome.ts';

export const texts = {
  access,
  admin,
  analytics,
  app,
  auth,
  business,
  calendar,
  day,
  errors,
  exams,
  landing,
  notifications,
  picker,
  profile,
  reminders,
  reviews,
  security,
  settings,
  task,
  tasks,
  time,
  today,
  welcome,
};

/** What every language has to say. */
export type Texts = typeof texts;
