/* oxlint-disable eslint/max-lines -- the list of errors is complete in one place */
/**
 * Every error that a client can meet: code, status, title and what to do about it. The API document
 * and `/problems` are generated from this list. A code is never reused for something else.
 */
import { problem } from './problem.ts';

// 400: what was sent cannot be understood
export const ValidationFailed = problem(
  'VALIDATION_FAILED',
  400,
  'The request is not valid',
  'Correct every member that `errors` names; the API document says what is expected of it.',
);
export const InvalidJson = problem(
  'INVALID_JSON',
  400,
  'The body is not JSON',
  'Send one JSON value in UTF-8.',
);
export const InvalidCursor = problem(
  'INVALID_CURSOR',
  400,
  'The cursor is not valid',
  'Use `nextCursor` of the page before unchanged, with the same query, or begin without a cursor.',
);
export const IdempotencyKeyRequired = problem(
  'IDEMPOTENCY_KEY_REQUIRED',
  400,
  'An Idempotency-Key is required',
  'Send the header Idempotency-Key with 1 to 255 visible characters, new for each order.',
);
export const MalformedRequest = problem(
  'MALFORMED_REQUEST',
  400,
  'The request is malformed',
  'Send well-formed HTTP and a well-formed path.',
);
// 401, 403: who asks
export const Unauthenticated = problem(
  'UNAUTHENTICATED',
  401,
  'No valid credential',
  'Send `Authorization: Bearer <access token>` or `Authorization: ApiKey <key>`.',
);
export const Forbidden = problem(
  'FORBIDDEN',
  403,
  'Not allowed',
  'This caller may not do this; another role or scope is needed.',
);
// 404: what is asked for
export const RouteNotFound = problem(
  'ROUTE_NOT_FOUND',
  404,
  'No such route',
  'The API document lists every route and method.',
);
export const ProductNotFound = problem(
  'PRODUCT_NOT_FOUND',
  404,
  'No such product',
  'It never existed or is archived.',
);
export const OrderNotFound = problem(
  'ORDER_NOT_FOUND',
  404,
  'No such order',
  "It does not exist, or is another customer's.",
);
export const CustomerNotFound = problem(
  'CUSTOMER_NOT_FOUND',
  404,
  'No such customer',
  'Nobody with this id has been seen.',
);
export const ApiKeyNotFound = problem(
  'API_KEY_NOT_FOUND',
  404,
  'No such API key',
  'It never existed or was deleted.',
);
export const RequestTimeout = problem(
  'REQUEST_TIMEOUT',
  408,
  'The request took too long to arrive',
  'Send it again.',
);
// 409, 412, 422, 428: the state of things
export const SkuTaken = problem(
  'SKU_TAKEN',
  409,
  'The SKU is taken',
  'Another product, perhaps an archived one, has this SKU.',
);
export const OutOfStock = problem(
  'OUT_OF_STOCK',
  409,
  'Not enough stock',
  '`errors` names the lines; nothing was taken.',
);
export const StockLimit = problem(
  'STOCK_LIMIT',
  409,
  'More stock than a product can have',
  'A product holds at most 1,000,000,000 pieces.',
);
export const OrderState = problem(
  'ORDER_STATE',
  409,
  'The order is in another state',
  'Read the order; its status does not permit this.',
);
export const IdempotencyKeyInUse = problem(
  'IDEMPOTENCY_KEY_IN_USE',
  409,
  'The first request with this Idempotency-Key is still running',
  'Wait a moment and send it again; you will get its answer.',
);
export const PreconditionFailed = problem(
  'PRECONDITION_FAILED',
  412,
  'It has changed since you read it',
  'Read it again and repeat the change with its present ETag in If-Match.',
);
export const BodyTooLarge = problem(
  'BODY_TOO_LARGE',
  413,
  'The body is too large',
  'A body has at most 1 MiB.',
);
export const UnsupportedMediaType = problem(
  'UNSUPPORTED_MEDIA_TYPE',
  415,
  'The media type is not supported',
  'Send application/json; PATCH takes application/merge-patch+json too.',
);
export const CurrencyMismatch = problem(
  'CURRENCY_MISMATCH',
  422,
  'Not the currency of this store',
  'A store has one currency.',
);
export const ProductUnavailable = problem(
  'PRODUCT_UNAVAILABLE',
  422,
  'A product cannot be ordered',
  '`errors` names the lines whose product is unknown or archived; nothing was ordered.',
);
export const OrderTooLarge = problem(
  'ORDER_TOO_LARGE',
  422,
  'The total of the order is too large',
  'A total has at most 1,000,000,000,000 minor units; split the order.',
);
export const IdempotencyKeyReused = problem(
  'IDEMPOTENCY_KEY_REUSED',
  422,
  'The Idempotency-Key was used for another request',
  'Use a new key for each order, and the same key only for the same body.',
);
export const PreconditionRequired = problem(
  'PRECONDITION_REQUIRED',
  428,
  'If-Match is required',
  'Send the ETag that you read in If-Match, so that no change of another is lost.',
);
export const RateLimited = problem(
  'RATE_LIMITED',
  429,
  'Too many requests',
  'Wait for as long as Retry-After says.',
);
export const HeadersTooLarge = problem(
  'HEADERS_TOO_LARGE',
  431,
  'The header fields are too large',
  'Send at most 16 KiB of header fields.',
);
// 5xx: nothing that the caller did; the cause is in the log
export const InternalError = problem(
  'INTERNAL_ERROR',
  500,
  'Something went wrong',
  'Report the request id if it happens again.',
);
export const DatabaseUnavailable = problem(
  'DATABASE_UNAVAILABLE',
  503,
  'The database is away',
  'Try again after Retry-After; repeat an order with the same Idempotency-Key.',
);
export const IdentityUnavailable = problem(
  'IDENTITY_UNAVAILABLE',
  503,
  'Tokens cannot be checked now',
  'Try again after Retry-After.',
);
export const NotReady = problem(
  'NOT_READY',
  503,
  'Not ready',
  '`errors` names the checks that failed.',
);
export const OrdersClosed = problem(
  'ORDERS_CLOSED',
  503,
  'The store takes no orders now',
  'Try again later.',
);
export const Overloaded = problem('OVERLOADED', 503, 'Too busy', 'Try again after Retry-After.');
