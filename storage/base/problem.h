// What is wrong with the content, and where: not an error of the program.
//
// Parsers and renderers return a value and a list of these. A broken page never stops the site.
#pragma once

#include <string>
#include <vector>

namespace stet {

enum class Severity { kWarning, kError };

struct Problem {
  Severity severity = Severity::kError;
  std::string path;     // of the file in the repository; "" where no file is to blame
  int line = 0;         // from 1, in the file; 0 where no line is to blame
  int column = 0;       // from 1, in bytes; 0 likewise
  std::string message;  // one plain sentence, with the mend where there is one

  friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

// "path:line:column: message", the parts that are known.
std::string to_string(const Problem& problem);

}  // namespace stet
