import { useState } from 'react';
import { formErrors } from './problem.ts';

interface FormLike {
  setErrors: (errors: Record<string, string>) => void;
}

/** Puts a server's field errors at the fields of a form and keeps the rest for its head. */
export function useFormProblem(form: FormLike, fields: Readonly<Record<string, string>>) {
  const [message, setMessage] = useState<string | null>(null);
  return {
    message,
    clear: () => setMessage(null),
    show: (error: unknown) => {
      const { byField, rest } = formErrors(error, fields);
      form.setErrors(byField);
      setMessage(rest);
    },
  };
}
