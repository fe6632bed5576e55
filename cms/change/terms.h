// Tags and categories of posts: which there are, and one made another in all posts at once.
//
// A post has a term by `tags` or `tag` (a list, or words in one text), by defaults of the
// configuration, and a category by its folder as well. Only what stands in a post's own front
// matter is edited; where a term comes from elsewhere the plan says so as a warning. Threads: pure
// functions of an immutable site.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cms/change/plan.h"

namespace stet::change {

enum class TermKind { kTag, kCategory };

struct Term {
  std::string name;
  std::size_t posts = 0;  // drafts and hidden ones among them
  std::size_t shown = 0;  // that the site shows
};

// What posts have, those too that the site does not show, counted. An immutable value of one site.
//
// Made from nothing it costs a look at every file; made from the counts of another version of the
// site it costs what differs between the two.
class TermCounts {
 public:
  static std::shared_ptr<const TermCounts> build(site::SitePtr site);
  std::shared_ptr<const TermCounts> advance(site::SitePtr site) const;

  const site::SitePtr& site() const { return site_; }
  std::vector<Term> terms(TermKind kind) const;  // by name

 private:
  struct Count {
    std::int64_t posts = 0, shown = 0;
  };
  using Counts = std::map<std::string, Count>;

  explicit TermCounts(site::SitePtr site) : site_(std::move(site)) {}
  void add(const site::Site& site, const site::SourceFile& source, int times);
  void add(Counts& counts, const std::vector<std::string>& names, bool is_shown, int times);

  site::SitePtr site_;
  Counts tags_, categories_;
};
using TermCountsPtr = std::shared_ptr<const TermCounts>;

// Of posts that the site shows alone; costs the number of terms.
std::vector<Term> shown_terms_of(const site::Site& site, TermKind kind);

inline constexpr std::size_t kTermsRenamedMax = 100;
inline constexpr std::size_t kPostsRenamedMax = 10'000;  // what a commit takes

struct RenameRequest {
  TermKind kind = TermKind::kTag;
  std::vector<std::string> from;
  std::string to;
  std::string author_name, author_email;
  std::string message;  // "": "Rename tag x to y in 7 posts"
  std::vector<std::pair<std::string, std::string>> trailers;
};

// One commit that has `to` wherever one of `from` was, once in each post: a merge where posts have
// it already. Refused where no post has any of them.
Result<PlanOutcome> prepare_rename(const Ground& ground, const RenameRequest& request);

}  // namespace stet::change
