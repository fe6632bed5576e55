// What the server refuses with, by its kind (RFC 9457's type), in the words of people who write. Loaded when the first is shown.
import {catalogue} from '../i18n/language.svelte';

const t = catalogue(
  {
    forbidden: 'You may not do this.',
    'missing-scope': 'You may not do this.',
    'role-forbids': 'Your role may not do this. Ask an editor, or an admin for another role.',
    'not-yours': 'This is somebody else’s. Ask an editor.',
    'needs-review': 'On this site others look at changes first. Save it in a change, and ask for a review there.',
    'foreign-page': 'The browser has lost track of who you are. Load this page again.',
    'wrong-credentials': 'The name, the password or the code is wrong.',
    'not-found': 'It is not there any more, or never was.',
    conflict: 'As things are now, that cannot be.',
    'merge-conflict': 'Somebody else has changed the same.',
    'in-use': 'Others still name it.',
    'key-in-use': 'It is being saved already. Wait a moment.',
    gone: 'That is too long ago: it is no longer kept.',
    'precondition-failed': 'Somebody else was faster. Look at it again, then try once more.',
    stale: 'Somebody else was faster. Look at it again, then try once more.',
    exists: 'There is one of that name. Choose another.',
    'too-large': 'It is too large.',
    'too-slow': 'The connection is too slow. Try again.',
    'unsupported-media-type': 'Files of this kind are not taken here.',
    invalid: 'Something is not right yet.',
    'too-many': 'That was too often. Wait a little.',
    unavailable: 'The server is not ready. Try again in a moment.',
    unpublished: 'It is saved, but could not be made live. It will be with the next save: do not save it again.',
    'storage-full': 'The server’s disk is full. Tell who runs it; nothing was saved.',
    internal: 'The server failed. Tell who runs it; what you have typed is still here.',
  },
  {
    forbidden: 'اجازهٔ این کار را ندارید.',
    'missing-scope': 'اجازهٔ این کار را ندارید.',
    'role-forbids': 'نقش شما اجازهٔ این کار را ندارد. از یک ویراستار بخواهید، یا از مدیر نقشی دیگر.',
    'not-yours': 'این از آنِ کس دیگری است. از یک ویراستار بخواهید.',
    'needs-review': 'در این وبگاه نخست دیگران تغییرها را می‌بینند. آن را در یک تغییر ذخیره کنید و آنجا بازبینی بخواهید.',
    'foreign-page': 'مرورگر شما را دیگر نمی‌شناسد. این صفحه را دوباره باز کنید.',
    'wrong-credentials': 'نام، گذرواژه یا کد درست نیست.',
    'not-found': 'دیگر آنجا نیست، یا هرگز نبوده است.',
    conflict: 'با وضع کنونی شدنی نیست.',
    'merge-conflict': 'کس دیگری همین را عوض کرده است.',
    'in-use': 'هنوز جاهای دیگری نامش را می‌برند.',
    'key-in-use': 'هم‌اکنون در حال ذخیره است. کمی صبر کنید.',
    gone: 'زمان زیادی گذشته و دیگر نگه داشته نمی‌شود.',
    'precondition-failed': 'کس دیگری زودتر بود. دوباره نگاهی بیندازید و سپس از نو بکوشید.',
    stale: 'کس دیگری زودتر بود. دوباره نگاهی بیندازید و سپس از نو بکوشید.',
    exists: 'به این نام یکی هست. نام دیگری برگزینید.',
    'too-large': 'بیش از اندازه بزرگ است.',
    'too-slow': 'اتصال بیش از اندازه کند است. دوباره بکوشید.',
    'unsupported-media-type': 'پرونده‌هایی از این گونه اینجا پذیرفته نمی‌شوند.',
    invalid: 'چیزی هنوز درست نیست.',
    'too-many': 'بیش از اندازه تکرار شد. کمی صبر کنید.',
    unavailable: 'کارساز آماده نیست. کمی بعد دوباره بکوشید.',
    unpublished: 'ذخیره شد، اما به روی وبگاه نرفت. با ذخیرهٔ بعدی می‌رود: دوباره ذخیره‌اش نکنید.',
    'storage-full': 'دیسک کارساز پر است. به گردانندهٔ آن بگویید؛ چیزی ذخیره نشد.',
    internal: 'کارساز از کار ماند. به گردانندهٔ آن بگویید؛ آنچه نوشته‌اید هنوز اینجاست.',
  },
);

type Kind = Parameters<typeof t>[0];

// Of these the sentence says all: what the server adds is for programs.
const whole: ReadonlySet<string> = new Set<Kind>(['needs-review', 'foreign-page', 'wrong-credentials', 'key-in-use', 'stale']);
const known: ReadonlySet<string> = new Set<Kind>([
  'forbidden', 'missing-scope', 'role-forbids', 'not-yours', 'not-found', 'conflict', 'merge-conflict', 'in-use', 'gone', 'precondition-failed', 'exists',
  'too-large', 'too-slow', 'unsupported-media-type', 'invalid', 'too-many', 'unavailable', 'unpublished', 'storage-full', 'internal',
]);

export const isWhole = (kind: string): boolean => whole.has(kind);

// Undefined: the server's own title is all there is.
export const sentenceOf = (kind: string): string | undefined => (known.has(kind) || whole.has(kind) ? t(kind as Kind) : undefined);
