// What `stet sass-worker` is in the program.

#include "cms/sass/worker.h"

int main() { return stet::sass::serve_worker(); }
