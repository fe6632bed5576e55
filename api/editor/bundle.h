// The built web editor: the files that `vite build` left, held in memory.
//
// Whatever a browser may ask for is known here by its path, so that no request reads a disk. Files
// below assets/ have a hash of their content in their name. Compressed forms are made once, when
// the first is asked for. Threads: every method from any thread. Limits: kFilesMax files of
// kBytesMax bytes together; types of kTypes alone (bundle.cc).
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/negotiate.h"
#include "storage/base/result.h"
#include "storage/snapshot/snapshot.h"

namespace stet::editor {

class Bundle {
 public:
  using Bytes = std::shared_ptr<const std::string>;
  struct File {
    std::string_view type;
    bool is_hashed = false;     // its name is another when its bytes are
    Bytes plain, gzip, brotli;  // null: that form would not be smaller
    std::string tag;            // of the plain bytes

    // The form that suits; plain where there is no such.
    const Bytes& as(http::Encoding& encoding) const;
  };

  static constexpr std::size_t kFilesMax = 1000;
  static constexpr std::size_t kBytesMax = std::size_t{32} << 20;
  // Stands in index.html wherever a nonce goes.
  static constexpr std::string_view kNonceMark = "__STET_NONCE__";

  // kNotFound: there is no index.html; kInvalidInput names the file that is none of a browser's
  // business, or the limit. Names that begin with a dot are passed over.
  static Result<std::unique_ptr<const Bundle>> of(const storage::Snapshot& files);

  // By its path below the folder, "assets/index-Bx3f.js"; null: there is none. index.html is
  // page()'s.
  const File* find(std::string_view path) const;
  // index.html with this nonce.
  std::string page(std::string_view nonce) const;

 private:
  Bundle() = default;
  void compress() const;

  mutable std::once_flag is_compressed_;
  mutable std::map<std::string, File, std::less<>> files_;
  std::vector<std::string> page_;  // the pieces between nonces
};

}  // namespace stet::editor
