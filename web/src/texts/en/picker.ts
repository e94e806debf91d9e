export const picker = {
  today18: 'Today 18:00',
  tomorrow9: 'Tomorrow 9:00',
  nextWeek: 'In a week',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  hours: 'Hours',
  minutes: 'Minutes',
  amPm: 'AM or PM',
  done: 'Use this date and time',
};
