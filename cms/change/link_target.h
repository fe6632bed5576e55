// What links become when files of the site have moved.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/change/link_scan.h"
#include "cms/site/site.h"
#include "storage/base/repo_path.h"

namespace stet::change {

struct MovedFile {
  RepoPath from, to;
  std::optional<std::string> old_url, new_url;  // as public_url() has them; none: not public
};

// The text that has the links: where it is and was, and where its page is and was.
struct LinkHolder {
  std::string path_before, path_after;
  std::string url_before, url_after;  // "" without a page
};

class LinkTargets {
 public:
  // Both sites must outlive it.
  LinkTargets(const site::Site& before, const site::Site& after, std::vector<MovedFile> moved);

  const std::vector<MovedFile>& moved() const { return moved_; }

  // False where the text names none of the moved files in any form: quick, and sometimes wrong the
  // other way.
  bool may_link(std::string_view text) const;

  // What should stand there instead; none: it stays.
  std::optional<std::string> replacement(LinkSpan::Kind kind,
                                         std::string_view name,
                                         const LinkHolder& holder) const;

 private:
  std::optional<std::string> of_link_tag(std::string_view name) const;
  std::optional<std::string> of_post_url(std::string_view name) const;
  std::optional<std::string> of_target(std::string_view target, const LinkHolder& holder) const;
  std::optional<std::string> of_local(std::string_view path, const LinkHolder& holder) const;
  std::optional<std::string> of_url(std::string_view url) const;

  const site::Site& before_;
  const site::Site& after_;
  const std::vector<MovedFile> moved_;
  std::vector<std::string> needles_;
};

// The path of the post that {% post_url name %} means; "" for none.
std::string path_of_post_url(const site::Site& site, std::string_view name);

}  // namespace stet::change
