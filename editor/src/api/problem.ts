// What the server refuses with (RFC 9457), and what no server has answered at all.

export interface FieldFault {
  pointer?: string; // of the request's body, as RFC 6901 has it
  detail: string;
}

export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: FieldFault[];
  [member: string]: unknown;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
    readonly retryAfter: number | null = null, // seconds
  ) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'Problem';
  }

  // The last word of its type: "version-conflict". The catalogue is at /docs/errors.
  get kind(): string {
    return (this.body.type ?? '').split('/').pop()?.split('#').pop() ?? '';
  }

  faultAt(pointer: string): string | undefined {
    return this.body.errors?.find((fault) => fault.pointer === pointer)?.detail;
  }
}

// The server was not reached: no network, or it is being restarted.
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('the server was not reached', {cause});
    this.name = 'Unreachable';
  }
}

export const isProblem = (error: unknown, status?: number): error is Problem =>
  error instanceof Problem && (status === undefined || error.status === status);
