#include "cms/change/link_target.h"

#include <algorithm>

#include "cms/change/locate.h"
#include "cms/site/permalink.h"
#include "cms/site/post_name.h"
#include "storage/base/path_text.h"

namespace stet::change {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// "a/c" of "../c" seen from the folder "a/b", and a slash at its end where the link names a folder;
// none: it leaves the root.
std::optional<std::string> joined(std::string_view folder, std::string_view link) {
  auto path = joined_path(link.starts_with('/') ? "" : folder, link);
  bool is_folder = link.empty() || link == "." || link == ".." || link.ends_with('/') ||
                   link.ends_with("/.") || link.ends_with("/..");
  if (path && !path->empty() && is_folder) *path += '/';
  return path;
}

// "../c/d.md" of "a/c/d.md" seen from the folder "a/b".
std::string relative(std::string_view folder, std::string_view path) {
  std::string up;
  while (!folder.empty() && !path.starts_with(std::string(folder) + "/")) {
    up += "../";
    folder = parent_folder(folder);
  }
  if (!folder.empty()) path.remove_prefix(folder.size() + 1);
  std::string link = up + std::string(path);
  return link.empty() ? "./" : link;
}

// As it may stand in a link: no blank, no bracket.
std::string linkable(std::string_view path) {
  std::string escaped = site::escape_path(path), out;
  for (char c : escaped) out += c == '(' ? "%28" : c == ')' ? "%29" : std::string(1, c);
  return out;
}

// The last part of a path or URL that tells it from others: "first" of "/2020/first/".
std::string needle_of(std::string_view name) {
  while (name.ends_with('/')) name.remove_suffix(1);
  name.remove_prefix(name.rfind('/') + 1);
  return std::string(without_extension(name));
}

bool has_scheme(std::string_view target) {
  std::size_t colon = target.find(':');
  return colon != kNone && colon < target.find_first_of("/?#");
}

std::string stripped(std::string_view text) {
  while (text.starts_with('/')) text.remove_prefix(1);
  return std::string(text);
}

// "/base" of a site that has one, without a slash at its end.
std::string base_of(const site::Site& site) {
  std::string base = site.config().text("baseurl");
  while (base.ends_with('/')) base.pop_back();
  if (!base.empty() && !base.starts_with('/')) base.insert(0, "/");
  return base;
}

}  // namespace

std::string path_of_post_url(const site::Site& site, std::string_view name) {
  while (name.starts_with('/')) name.remove_prefix(1);
  std::string_view file = name.substr(name.rfind('/') + 1);
  auto wanted = site::parse_post_name(std::string(file) + ".md");
  if (!wanted) return "";
  const site::Items& namesakes = site.list(site::list_of_post_name(*wanted));
  std::string folder(name.substr(0, name.size() - file.size()));
  std::string below = "_posts/" + std::string(name),
              beside = folder + "_posts/" + std::string(file);
  std::string found;
  for (std::size_t i = namesakes.size(); i-- > 0;) {  // the oldest first
    const auto& post = static_cast<const site::Document&>(*namesakes.at(i).second);
    std::string_view path = post.facts().shown_path;
    path = path.substr(0, path.rfind('.'));
    if (path == below || path == beside) return post.facts().path;
    if (found.empty()) found = post.facts().path;
  }
  return found;
}

LinkTargets::LinkTargets(const site::Site& before,
                         const site::Site& after,
                         std::vector<MovedFile> moved)
    : before_(before), after_(after), moved_(std::move(moved)) {
  for (const MovedFile& file : moved_) {
    needles_.push_back(needle_of(file.from.view()));
    needles_.push_back(linkable(needles_.back()));
    if (!file.old_url) continue;
    // "../" and "./" name a folder's page, and "/" the first of all, without a word of it.
    if (file.old_url->ends_with('/')) needles_.push_back(*file.old_url == "/" ? "/" : "./");
    needles_.push_back(needle_of(*file.old_url));
    needles_.push_back(site::unescape_path(needles_.back()));
  }
  std::erase(needles_, "");
  std::sort(needles_.begin(), needles_.end());
  needles_.erase(std::unique(needles_.begin(), needles_.end()), needles_.end());
}

bool LinkTargets::may_link(std::string_view text) const {
  return std::any_of(needles_.begin(), needles_.end(), [&](const std::string& needle) {
    return text.find(needle) != kNone;
  });
}

std::optional<std::string> LinkTargets::replacement(LinkSpan::Kind kind,
                                                    std::string_view name,
                                                    const LinkHolder& holder) const {
  switch (kind) {
    case LinkSpan::Kind::kLinkTag: return of_link_tag(name);
    case LinkSpan::Kind::kPostUrl: return of_post_url(name);
    case LinkSpan::Kind::kFiltered: {
      std::size_t end = std::min(name.find_first_of("?#"), name.size());
      auto url = of_url(name.substr(0, end));
      if (!url) return std::nullopt;
      return *url + std::string(name.substr(end));
    }
    case LinkSpan::Kind::kTarget: return of_target(name, holder);
  }
  return std::nullopt;
}

std::optional<std::string> LinkTargets::of_link_tag(std::string_view name) const {
  std::string path = stripped(name);
  std::string slashes(name.substr(0, name.size() - path.size()));
  const std::string& collections = before_.config().collections_folder();
  for (const MovedFile& file : moved_) {
    if (path == file.from.string()) return slashes + file.to.string();
    bool is_below = !collections.empty() && collections + "/" + path == file.from.string();
    if (is_below) return slashes + std::string(before_.config().below_collections(file.to.view()));
  }
  return std::nullopt;
}

std::optional<std::string> LinkTargets::of_post_url(std::string_view name) const {
  std::string path = path_of_post_url(before_, name);
  auto file = std::find_if(moved_.begin(), moved_.end(), [&](const MovedFile& moved) {
    return moved.from.string() == path;
  });
  if (path.empty() || file == moved_.end()) return std::nullopt;
  std::string_view to = before_.config().below_collections(file->to.view());
  std::size_t posts = to.find("_posts/");
  if (posts == kNone) return std::nullopt;
  std::string whole(without_extension(to));
  whole.erase(posts, std::string_view("_posts/").size());
  bool is_plain = name.find('/') == kNone;
  std::string plain = whole.substr(whole.rfind('/') + 1);
  bool plain_does = is_plain && path_of_post_url(after_, plain) == file->to.string();
  return plain_does ? plain : whole;
}

std::optional<std::string> LinkTargets::of_url(std::string_view url) const {
  constexpr std::string_view kIndex = "index.html", kHtml = ".html";
  std::string wanted = site::unescape_path(url);
  for (const MovedFile& file : moved_) {
    if (!file.old_url || !file.new_url || file.old_url == file.new_url) continue;
    std::string old = site::unescape_path(*file.old_url);
    if (wanted == old) return *file.new_url;
    bool is_folder = old.ends_with('/');
    if (is_folder && wanted == old + std::string(kIndex)) {
      return file.new_url->ends_with('/') ? *file.new_url + std::string(kIndex) : *file.new_url;
    }
    bool is_short = is_folder ? old.size() > 1 && wanted + "/" == old
                              : old.ends_with(kHtml) && wanted + std::string(kHtml) == old;
    if (!is_short) continue;
    std::string to = *file.new_url;
    if (to.ends_with(kHtml)) to.resize(to.size() - kHtml.size());
    if (to.ends_with('/') && to.size() > 1) to.pop_back();
    return to;
  }
  return std::nullopt;
}

std::optional<std::string> LinkTargets::of_target(std::string_view target,
                                                  const LinkHolder& holder) const {
  // "{{ site.baseurl }}/a/": what follows the Liquid is a URL of the site.
  std::size_t begin = 0;
  if (std::size_t liquid = target.rfind("}}"); liquid != kNone) begin = liquid + 2;
  std::string site_url = before_.config().text("url");
  bool is_absolute = begin == 0 && !site_url.empty() && target.starts_with(site_url);
  if (is_absolute) begin = site_url.size();
  std::string base = base_of(before_);
  std::string_view path = target.substr(begin);
  bool has_base = !base.empty() && path.starts_with(base + "/");
  if (has_base && (begin == 0 || is_absolute)) begin += base.size();
  std::size_t end = std::min(target.find_first_of("?#", begin), target.size());
  path = target.substr(begin, end - begin);
  if (path.empty() || path.find('{') != kNone) return std::nullopt;
  std::optional<std::string> changed;
  if (begin > 0) {
    changed = path.starts_with('/') ? of_url(path) : std::nullopt;
  } else if (!has_scheme(path) && !path.starts_with("//")) {
    changed = of_local(path, holder);
  }
  if (!changed) return std::nullopt;
  return std::string(target.substr(0, begin)) + *changed + std::string(target.substr(end));
}

std::optional<std::string> LinkTargets::of_local(std::string_view link,
                                                 const LinkHolder& holder) const {
  bool is_rooted = link.starts_with('/');
  std::string plain = site::unescape_path(link);
  // As a file of the repository, which jekyll-relative-links and forges take it for.
  auto path = joined(parent_folder(holder.path_before), plain);
  std::string now = path.value_or("");
  for (const MovedFile& file : moved_) {
    if (path == file.from.string()) now = file.to.string();
  }
  bool is_file = path && !path->empty() && before_.blob_of(*path);
  if (is_file && is_rooted) {
    return now == *path ? std::nullopt : std::optional("/" + linkable(now));
  }
  if (is_file) {
    bool has_moved =
        now != *path || parent_folder(holder.path_before) != parent_folder(holder.path_after);
    if (!has_moved) return std::nullopt;
    std::string to = linkable(relative(parent_folder(holder.path_after), now));
    return to == link ? std::nullopt : std::optional(std::move(to));
  }
  // As a URL, which browsers take it for.
  if (is_rooted) return of_url(link);
  if (holder.url_before.empty() || holder.url_after.empty()) return std::nullopt;
  auto url = joined(parent_folder(holder.url_before), plain);
  if (!url) return std::nullopt;
  std::string whole = "/" + linkable(*url);
  auto moved = of_url(whole);
  bool is_page = moved || before_.find_output(site::output_path_of(whole, ".html"));
  bool has_moved = moved || parent_folder(holder.url_before) != parent_folder(holder.url_after);
  if (!is_page || !has_moved) return std::nullopt;
  std::string to = moved.value_or(whole);
  std::string changed = relative(stripped(parent_folder(holder.url_after)), stripped(to));
  return changed == link ? std::nullopt : std::optional(std::move(changed));
}

}  // namespace stet::change
