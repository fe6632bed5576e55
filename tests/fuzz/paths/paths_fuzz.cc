// Paths and URLs from outside: whatever they are, nothing leads out of a root.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "api/http/url.h"
#include "cms/publish/output_path.h"
#include "cms/site/permalink.h"
#include "storage/base/repo_path.h"

namespace {

namespace fs = std::filesystem;

void require(bool is_so) {
  if (!is_so) std::abort();
}

// A path that was accepted, below a root: no part of it leads out, and joining changes nothing.
void require_inside(std::string_view path) {
  const fs::path root = "/srv/root";
  fs::path joined = (root / std::string(path)).lexically_normal();
  fs::path inner = joined.lexically_relative(root);
  require(!path.empty() && path[0] != '/');
  require(!inner.empty() && *inner.begin() != ".." && inner != ".");
  require(path.find('\0') == std::string_view::npos);
  require(inner.string() == path);
}

void check_repo_path(std::string_view text) {
  auto path = stet::RepoPath::parse(text);
  if (!path) return;
  require(path->string() == text);
  require_inside(text);
  auto again = stet::RepoPath::parse(path->string());
  require(again && *again == *path);
  require(("/" + std::string(text) + "/").find("/.git/") == std::string::npos);
}

void check_output_path(std::string_view text) {
  auto path = stet::publish::OutputPath::parse(text);
  if (!path) return;
  require(path->string() == text);
  require_inside(text);
}

// A URL of any permalink, and the file it leads to.
void check_permalink(std::string_view permalink, std::string_view value) {
  using namespace stet::site;
  auto url = expand_permalink(permalink, [&](std::string_view name) {
    return name == "title" ? std::optional(std::string(value)) : std::nullopt;
  });
  std::string filled = fill_permalink(permalink, {{"title", std::string(value)}});
  require(filled.starts_with('/'));
  if (!url) return;
  require(url->starts_with('/'));
  require(url->find("//") == std::string::npos);
  require(url->find("..") == std::string::npos);
  std::string output = output_path_of(*url, ".html");
  require(!output.starts_with('/'));
  check_output_path(output);
  require(unescape_path(escape_path(value)) == value);
}

// What a client asks for: a path without dot segments, which means itself when asked for again.
void check_target(std::string_view text) {
  auto target = stet::http::parse_target(text);
  if (!target || target->path == "*") return;
  const std::string& path = target->path;
  require(path.starts_with('/') && path.find('\0') == std::string::npos);
  require(stet::http::normalized_path(path) == path);
  if (path != "/") require_inside(path.substr(1, path.size() - 1 - path.ends_with('/')));
  auto again = stet::http::parse_target(stet::http::percent_encode_path(path));
  require(again && again->path == path && again->query.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t line = std::min(text.find('\n'), text.size());
  std::string_view rest = text.substr(std::min(line + 1, text.size()));
  check_repo_path(text);
  check_output_path(text);
  check_target(text);
  check_permalink(text.substr(0, line), rest);
  check_output_path(stet::site::output_path_of(text, rest));
  return 0;
}
