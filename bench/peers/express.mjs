// What such an application usually looks like: Express 5, Sequelize models, a signed token, a look-up of the user.
import express from 'express';
import jwt from 'jsonwebtoken';
import { DataTypes, Op, Sequelize } from 'sequelize';

const SECRET = 'only for this bench';
const db = new Sequelize(process.env.DATABASE_URL, {
  dialect: 'postgres',
  logging: false,
  pool: { max: Number(process.env.POOL) },
});
const { UUID, TEXT, DATE, DATEONLY, INTEGER, BIGINT, BOOLEAN, ARRAY, JSONB } = DataTypes;
const options = (schema, tableName) => ({ schema, tableName, underscored: true, timestamps: false });
const id = { type: UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 };
const stamps = {
  createdAt: { type: DATE, defaultValue: DataTypes.NOW },
  updatedAt: { type: DATE, defaultValue: DataTypes.NOW },
};

const User = db.define(
  'user',
  { id, email: TEXT, name: TEXT, role: TEXT, timeZone: TEXT, ...stamps },
  options('auth', 'users'),
);
const Task = db.define(
  'task',
  {
    id,
    userId: UUID,
    title: TEXT,
    description: TEXT,
    link: TEXT,
    status: TEXT,
    priority: TEXT,
    category: TEXT,
    labels: ARRAY(TEXT),
    dueDate: DATE,
    dueDay: DATEONLY,
    estimateMinutes: INTEGER,
    parentId: UUID,
    position: BIGINT,
    recurrence: JSONB,
    seriesId: UUID,
    completedAt: DATE,
    version: INTEGER,
    deletedAt: DATE,
    ...stamps,
  },
  options('tasks', 'tasks'),
);
const Reminder = db.define(
  'reminder',
  {
    id,
    userId: UUID,
    taskId: UUID,
    scheduledAt: DATE,
    offsetMinutes: INTEGER,
    type: TEXT,
    message: TEXT,
    status: TEXT,
    sentAt: DATE,
    completedAt: DATE,
    isHeld: BOOLEAN,
    version: INTEGER,
    ...stamps,
  },
  options('tasks', 'reminders'),
);
const Attachment = db.define(
  'attachment',
  {
    id,
    userId: UUID,
    taskId: UUID,
    name: TEXT,
    mimeType: TEXT,
    storageKey: TEXT,
    originalSizeBytes: INTEGER,
    sizeBytes: INTEGER,
    width: INTEGER,
    height: INTEGER,
    createdAt: stamps.createdAt,
  },
  options('tasks', 'attachments'),
);
Task.hasMany(Reminder, { foreignKey: 'taskId' });
Task.hasMany(Attachment, { foreignKey: 'taskId' });

const app = express();
app.use(express.json());
app.get('/ready', (_request, response) => response.send('ok'));
app.get('/token/:userId', ({ params }, response) =>
  response.json({ token: jwt.sign({ sub: params.userId }, SECRET) }),
);

app.use(async (request, response, next) => {
  const token = request.headers.authorization?.split(' ')[1];
  const { sub } = jwt.verify(token, SECRET);
  request.user = await User.findByPk(sub);
  if (request.user === null) return response.status(401).end();
  next();
});

app.get('/me', ({ user }, response) => response.json(user));
app.get('/list', async ({ user }, response) => {
  const where = { userId: user.id, deletedAt: null };
  const order = [['createdAt', 'DESC']];
  const items = await Task.findAll({ where, include: [Reminder, Attachment], order, limit: 50 });
  response.json({ items });
});
app.post('/create', async ({ user, body }, response) => {
  const task = await Task.create({
    userId: user.id,
    title: body.title,
    status: 'todo',
    priority: 'medium',
    labels: [],
    position: 0,
    version: 1,
  });
  response.status(201).json(task);
});

const DAY_MS = 86_400_000;
app.get('/analytics', async ({ user }, response) => {
  const mine = { userId: user.id };
  const open = { ...mine, status: ['pending', 'sent', 'missed'] };
  const now = new Date();
  const totalTasks = await Task.count({ where: { ...mine, deletedAt: null } });
  const completedTasks = await Task.count({ where: { ...mine, deletedAt: null, status: 'completed' } });
  const completedReminders = await Reminder.count({ where: { ...mine, status: 'completed' } });
  const upcomingReminders = await Reminder.count({
    where: { ...mine, status: 'pending', scheduledAt: { [Op.gt]: now } },
  });
  const overdueReminders = await Reminder.count({ where: { ...open, scheduledAt: { [Op.lte]: now } } });
  const dailyData = [];
  for (let day = 6; day >= 0; day -= 1) {
    const from = new Date(now.getTime() - (day + 1) * DAY_MS);
    const to = new Date(now.getTime() - day * DAY_MS);
    dailyData.push({
      date: to,
      completed: await Reminder.count({ where: { ...mine, completedAt: { [Op.gte]: from, [Op.lt]: to } } }),
    });
  }
  const tasks = await Task.findAll({
    where: { ...mine, deletedAt: null },
    attributes: ['category', 'status'],
  });
  const count = (field) => {
    const sums = {};
    for (const task of tasks) sums[task[field]] = (sums[task[field]] ?? 0) + 1;
    return sums;
  };
  response.json({
    totalTasks,
    completedTasks,
    completedReminders,
    upcomingReminders,
    overdueReminders,
    dailyData,
    categoryData: count('category'),
    statusData: count('status'),
  });
});

app.get('/streaks', async ({ user }, response) => {
  const done = await Reminder.findAll({
    where: { userId: user.id, status: 'completed' },
    order: [['completedAt', 'DESC']],
  });
  const days = [...new Set(done.map(({ completedAt }) => completedAt.toISOString().slice(0, 10)))];
  let longest = 0;
  let run = 0;
  let previous = null;
  for (const day of days) {
    run = previous !== null && Date.parse(previous) - Date.parse(day) === DAY_MS ? run + 1 : 1;
    longest = Math.max(longest, run);
    previous = day;
  }
  response.json({ longest, days: days.length });
});
app.listen(Number(process.env.PORT), '127.0.0.1');
