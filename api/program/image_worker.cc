// The program `stet-image`: makes one smaller picture of another. What `stet` runs, and nobody
// else.

#include <cstdlib>

#include "cms/image/worker.h"

// At once: no file can be opened any more, and what a crash of a decoder left is not tidied up.
int main(int count, char** arguments) {
  std::_Exit(stet::image::serve_image_worker(count, arguments));
}
