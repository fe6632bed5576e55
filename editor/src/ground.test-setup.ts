// What of a browser the units are read with: somebody who has chosen English.
import {vi} from 'vitest';

vi.stubGlobal('localStorage', {getItem: () => 'en', setItem: () => undefined});
vi.stubGlobal('navigator', {languages: []});
