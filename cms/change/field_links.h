// Where the fields of front matter and of data files name what has moved.
//
// A field is taken for a link where its whole text is one from the root ("/about/",
// "/assets/a.png", also with the site's own address), or the path of a file as the repository has
// it ("about.md"); and where a schema says that it is a reference (cms/schema), it names an entry,
// as a session's `speakers` do. Nothing shorter is: "about" may be a title. `permalink` and
// `redirect_from` say what the addresses of their own page are, and stay. Threads: pure functions
// of immutable sites.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/change/link_target.h"
#include "cms/document/data.h"
#include "cms/schema/field.h"

namespace stet::change {

class FieldLinks {
 public:
  // All must outlive it.
  FieldLinks(const LinkTargets& targets, const site::Site& before, const site::Site& after);

  // The same with what has moved under its new name; none: it names nothing of that. `key`: of the
  // schema that is of the file (schemas.h); "": none is.
  std::optional<document::Data> moved(const document::Data& data,
                                      std::string_view key,
                                      const LinkHolder& holder) const;

 private:
  struct Walk;

  const LinkTargets& targets_;
  const std::string site_url_;
  const schema::Schemas schemas_;
  // By collection: from the old name to the new one, of those that stayed in it.
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> names_;
  std::map<std::string, std::string, std::less<>> paths_;
  // Speakers, whom sessions name without a schema that says so.
  std::map<std::string, std::string, std::less<>> speakers_;
};

}  // namespace stet::change
