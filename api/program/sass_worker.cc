// The program `stet-sass`: makes CSS of one sheet. What `stet` runs, and nobody else.

#include <cstdlib>

#include "cms/sass/worker.h"

// At once: no file can be opened any more, and what a crash of libsass left is not tidied up.
int main() { std::_Exit(stet::sass::serve_worker()); }
