import {catalogue} from '../i18n/language.svelte';

export const t = catalogue(
  {
    preview: 'Preview',
    frame: 'Preview of the page',
    width: 'Width of the preview',
    desktop: 'As on a computer',
    phone: 'As on a phone',
    working: 'The preview is being made…',
    'no page': 'This has no page of its own.',
    'no page.text': 'It is shown as part of other pages. “What else changes” names them.',
    'not shown': 'The page cannot be shown with this text.',
    'last good': 'Below is the page as it last could be shown.',
    place: 'line {line}, column {column}',
    'to place': 'Go to line {line}',
    offline: 'The preview waits for the server.',
  },
  {
    preview: 'پیش‌نمایش',
    frame: 'پیش‌نمایش صفحه',
    width: 'پهنای پیش‌نمایش',
    desktop: 'مانند رایانه',
    phone: 'مانند تلفن',
    working: 'پیش‌نمایش در حال آماده شدن است…',
    'no page': 'این نوشته صفحه‌ای از آنِ خود ندارد.',
    'no page.text': 'در صفحه‌های دیگر نشان داده می‌شود؛ «چه چیز دیگری عوض می‌شود» آن‌ها را نام می‌برد.',
    'not shown': 'با این متن صفحه را نمی‌توان نشان داد.',
    'last good': 'صفحهٔ زیر آخرین نمایی است که می‌شد نشان داد.',
    place: 'خط {line}، ستون {column}',
    'to place': 'رفتن به خط {line}',
    offline: 'پیش‌نمایش منتظر کارساز است.',
  },
);
