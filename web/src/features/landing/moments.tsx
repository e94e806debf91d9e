import { texts } from '../../shared/texts.ts';
import classes from './moments.module.css';

/** Where each moment stands on the line, in percent: the gaps grow, as the product's name says. */
const PLACES = [0, 23, 55, 100];

/** One task and the moments it comes back, spaced along a line. */
export function Moments() {
  return (
    <figure className={classes.figure} aria-label={texts.landing.timeline}>
      <ol className={classes.line}>
        {texts.landing.moments.map((moment, index) => (
          <li key={moment} className={classes.moment} style={{ left: `${PLACES[index]}%` }}>
            <span className={classes.dot} aria-hidden="true" />
            <span className={classes.label}>{moment}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
