/** An answer that AWS gives instead of a result: what the protocols turn into a status, a `__type` and a message. */
export class AwsError extends Error {
  /** The exception's short name, e.g. `ValidationException`. */
  readonly type: string;
  /** HTTP status. */
  readonly status: number;
  /** Further members of the body, e.g. `CancellationReasons`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
    this.members = members;
  }
}

/** A request that the API's own rules refuse. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** A parameter whose value AWS refuses after it has looked at the table: its texts begin all the same. */
export function invalidParameter(message: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${message}`);
}

/** A request of which JSON makes sense, but not as this operation's input. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

/** A table or index that an item operation cannot find; AWS does not name it here. */
export function resourceNotFound(message = 'Requested resource not found'): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

/** A table that is being created, updated or deleted and cannot be changed now. */
export function resourceInUse(message: string): AwsError {
  return new AwsError('ResourceInUseException', message);
}

/** A parameter that AWS has and the sandbox does not: said aloud instead of being ignored. */
export function notServed(operation: string, what: string): AwsError {
  return validationError(`The sandbox does not serve ${what} of ${operation}. Leave it out, or use an AWS account.`);
}
