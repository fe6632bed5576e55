// What `stet sass-worker` is in the program.

#include <cstdlib>

#include "cms/sass/worker.h"

// At once: no file can be opened any more, not those either that a sanitizer looks at in the end.
int main() { std::_Exit(stet::sass::serve_worker()); }
