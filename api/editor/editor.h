// The web editor, at /admin/ on the admin origin: files for browsers, and one page that names them.
//
// Anybody may read them, for there is nothing of the site in them; what the editor does, it does by
// the API, signed in. The page is another for each who asks: it bears a nonce, which its
// Content-Security-Policy names, and nothing runs that has neither that nor comes from here. A
// string becomes markup or script by the two Trusted Types policies of kPolicies alone. Threads:
// any.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/editor/bundle.h"
#include "api/http/message.h"
#include "storage/base/random.h"

namespace stet::editor {

class Editor {
 public:
  static constexpr std::string_view kPrefix = "/admin", kHome = "/admin/";

  // `bundle` null: there is no editor, which a page says, with `why`.
  Editor(std::unique_ptr<const Bundle> bundle, RandomSource& random, std::string why = "");

  bool is_there() const { return bundle_ != nullptr; }
  http::Response answer(const http::Request& request) const;

 private:
  http::Response page() const;
  http::Response absent() const;

  const std::unique_ptr<const Bundle> bundle_;
  RandomSource& random_;
  const std::string why_;
};

}  // namespace stet::editor
