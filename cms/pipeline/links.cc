#include "cms/pipeline/links.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "cms/site/permalink.h"

namespace stet::pipeline {
namespace {

// What may stand before an attribute's name; `location.href=x` within a script's is none.
constexpr std::string_view kBeforeName = " \t\r\n\f/";

// Skips what a browser does not read as markup: comments, scripts, styles.
std::size_t after_opaque(std::string_view html, std::size_t at) {
  if (html.substr(at).starts_with("<!--")) return html.find("-->", at);
  for (std::string_view name : {"script", "style"}) {
    if (html.substr(at + 1, name.size()) == name) {
      std::size_t open_end = html.find('>', at);
      return open_end == std::string_view::npos ? open_end
                                                : html.find("</" + std::string(name), open_end);
    }
  }
  return at;
}

// The value of an attribute that begins at `at` ("src" of `src="x"`), or none.
std::optional<std::string_view> value_at(std::string_view tag, std::size_t at) {
  while (at < tag.size() && tag[at] == ' ') ++at;
  if (at >= tag.size() || tag[at] != '=') return std::nullopt;
  ++at;
  if (at >= tag.size()) return std::nullopt;
  char quote = tag[at];
  if (quote != '"' && quote != '\'') {
    std::size_t end = std::min(tag.find_first_of(" \t\r\n>", at), tag.size());
    return tag.substr(at, end - at);
  }
  std::size_t end = tag.find(quote, at + 1);
  if (end == std::string_view::npos) return std::nullopt;
  return tag.substr(at + 1, end - at - 1);
}

std::optional<std::string_view> attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    bool is_whole = at > 0 && kBeforeName.find(tag[at - 1]) != std::string_view::npos;
    if (!is_whole) continue;
    if (auto value = value_at(tag, at + name.size())) return value;
  }
  return std::nullopt;
}

// "/a/b" of "b" in the page "a/index.html"; "" for what leads elsewhere.
std::string resolved(std::string_view link, std::string_view page) {
  std::size_t end = link.find_first_of("?#");
  link = link.substr(0, end);
  if (link.empty() || link.starts_with("//")) return "";
  std::size_t colon = link.find(':');
  if (colon != std::string_view::npos && colon < link.find('/')) return "";
  std::string path = site::unescape_path(link);
  if (!path.starts_with('/')) path = "/" + std::string(page.substr(0, page.rfind('/') + 1)) + path;
  std::vector<std::string> parts;
  bool is_folder = path.ends_with('/');
  for (std::size_t begin = 1; begin < path.size();) {
    std::size_t slash = std::min(path.find('/', begin), path.size());
    std::string part = path.substr(begin, slash - begin);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(std::move(part));
    }
    begin = slash + 1;
  }
  std::string out;
  for (const std::string& part : parts) out += "/" + part;
  return is_folder || out.empty() ? out + "/" : out;
}

bool exists(const site::Site& site, std::string_view target) {
  std::string path(target.substr(1));
  if (path.empty() || path.ends_with('/')) return site.find_output(path + "index.html");
  return site.find_output(path) || site.find_output(path + ".html") ||
         site.find_output(path + "/index.html");
}

// Where the source has the link, if it does.
void place(Problem& problem, std::string_view source, std::string_view typed) {
  std::size_t at = source.find(typed);
  if (at == std::string_view::npos) return;
  std::string_view before = source.substr(0, at);
  problem.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  problem.column = static_cast<int>(at - (before.rfind('\n') + 1)) + 1;
}

}  // namespace

std::vector<LocalLink> local_links(std::string_view page, std::string_view html) {
  std::vector<LocalLink> links;
  if (!page.ends_with(".html") && !page.ends_with(".htm")) return links;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    std::size_t past = after_opaque(html, at);
    if (past == std::string_view::npos) break;
    if (past != at) {
      at = past;
      continue;
    }
    if (at + 1 >= html.size() || !std::isalpha(static_cast<unsigned char>(html[at + 1]))) continue;
    std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) break;  // what is never closed is no tag
    std::string_view tag = html.substr(at, end - at);
    at = end;
    bool is_image = tag.starts_with("<img");
    auto link = is_image ? attribute(tag, "src") : attribute(tag, "href");
    if (!link) continue;
    std::string target = resolved(*link, page);
    if (!target.empty()) links.push_back({std::move(target), is_image, std::string(*link)});
  }
  std::sort(links.begin(), links.end());
  auto is_same = [](const LocalLink& a, const LocalLink& b) {
    return a.target == b.target && a.is_image == b.is_image;
  };
  links.erase(std::unique(links.begin(), links.end(), is_same), links.end());
  return links;
}

void LinkCheck::add(const std::string& output_path, std::vector<LocalLink> links) {
  for (LocalLink& link : links) {
    First found{output_path, std::move(link.typed)};
    auto [it, is_new] = first_.try_emplace({std::move(link.target), link.is_image}, found);
    if (!is_new && output_path < it->second.page) it->second = std::move(found);
  }
}

Problems LinkCheck::problems(const site::Site& site) const {
  std::string base = site.config().text("baseurl");
  Problems problems;
  for (const auto& [link, first] : first_) {
    const auto& [typed_target, is_image] = link;
    std::string target = typed_target;
    if (!base.empty() && target.starts_with(base)) target.erase(0, base.size());
    if (!target.starts_with('/')) target.insert(0, "/");
    if (exists(site, target)) continue;
    const site::Output* output = site.find_output(first.page);
    Problem problem{Severity::kWarning,
                    output ? output->item->path() : first.page,
                    0,
                    0,
                    (is_image ? "image '" : "link '") + typed_target +
                        "' leads to nothing in the site; add the file or mend the path"};
    if (auto source = site.read_path(problem.path)) place(problem, *source, first.typed);
    problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace stet::pipeline
