// What a build of an editor leaves, in small.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "api/editor/bundle.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::editor {

using Files = std::map<std::string, std::string>;

inline Files built_files() {
  std::string script;
  for (int i = 0; i < 100; ++i) script += "export const a" + std::to_string(i) + " = 'word';\n";
  return {{"index.html",
           "<!doctype html>\n<meta property=\"csp-nonce\" nonce=\"__STET_NONCE__\">\n"
           "<script type=\"module\" src=\"./assets/index-Bx3f.js\" nonce=\"__STET_NONCE__\">"
           "</script>\n"},
          {"assets/index-Bx3f.js", script},
          {"assets/index-C0de.css", "a{color:red}"},
          {"assets/face-D1ce.woff2", std::string(600, 'w')},
          {"icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"}};
}

inline Result<std::unique_ptr<const Bundle>> bundle_of(const Files& files) {
  auto snapshot = TRY(storage::make_memory_snapshot(files));
  return Bundle::of(*snapshot);
}

}  // namespace stet::editor
