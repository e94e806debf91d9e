import { access } from './access.ts';
import { admin } from './admin.ts';
import { app } from './app.ts';
import { auth } from './auth.ts';
import { business } from './business.ts';
import { errors } from './errors.ts';
import { landing } from './landing.ts';
import { notifications } from './notifications.ts';
import { picker } from './picker.ts';
import { profile } from './profile.ts';
import { reminders } from './reminders.ts';
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
  app,
  auth,
  business,
  errors,
  landing,
  notifications,
  picker,
  profile,
  reminders,
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
