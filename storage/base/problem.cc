#include "storage/base/problem.h"

namespace stet {

std::string to_string(const Problem& problem) {
  std::string text = problem.path;
  if (problem.line > 0) text += ":" + std::to_string(problem.line);
  if (problem.line > 0 && problem.column > 0) text += ":" + std::to_string(problem.column);
  if (!text.empty()) text += ": ";
  return text + problem.message;
}

}  // namespace stet
