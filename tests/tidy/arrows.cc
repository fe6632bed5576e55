#include "tests/tidy/arrows.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace stet::tidy {
namespace {

struct Arrow {
  std::string_view folder;
  std::string_view may_include;  // parted by blanks; itself always, and storage/base
};

// Values of storage: what a tree, a commit, a difference are.
#define STORAGE_VALUES "storage/snapshot storage/commit storage/diff storage/history"
// Those of api/ that stand on api/http and the content, beside one another.
#define API \
  "api/http cms storage/git storage/sqlite storage/process storage/outbound " STORAGE_VALUES

constexpr auto kArrows = std::to_array<Arrow>({
    {"storage/base", ""},
    {"storage/git", ""},
    {"storage/snapshot", "storage/git"},
    {"storage/commit", "storage/git storage/snapshot"},
    {"storage/diff", "storage/git storage/snapshot"},
    {"storage/history", "storage/git storage/diff"},
    {"storage/remote", "storage/git storage/snapshot storage/process"},
    {"storage/repack", "storage/git storage/process"},
    {"storage/backup", "storage/git storage/process storage/sqlite"},
    {"storage/sqlite", ""},
    {"storage/outbound", ""},
    {"storage/process", ""},
    {"cms/document", ""},
    {"cms/highlight", ""},
    {"cms/liquid", ""},
    {"cms/markdown", "cms/highlight"},
    {"cms/sass", "storage/process"},
    {"cms/reads", ""},
    {"cms/schema", "cms/document cms/liquid"},
    {"cms/site",
     "storage/snapshot storage/diff storage/history cms/document cms/image cms/reads cms/liquid"},
    // The schedule is a view of a site's entries: what a template sees of a session and a speaker.
    {"cms/schedule",
     "storage/snapshot storage/diff storage/history cms/document cms/reads cms/liquid cms/site"},
    {"cms/plugins", "cms/image cms/site cms/reads cms/liquid cms/markdown"},
    {"cms/generate", "cms/site cms/schedule cms/reads cms/liquid cms/markdown"},
    {"cms/change", STORAGE_VALUES " cms/document cms/schema cms/site cms/schedule cms/liquid"},
    {"cms/image", "storage/process"},
    {"cms/schedule_import",
     "storage/snapshot cms/change cms/document cms/markdown cms/schedule cms/site"},
    {"cms/site_import",
     "storage/snapshot cms/change cms/document cms/schedule_import cms/schema cms/site"},
    {"cms/media", STORAGE_VALUES " cms/change cms/image cms/liquid cms/publish cms/site"},
    {"cms/search", "storage/sqlite cms/site cms/liquid cms/markdown"},
    {"cms/dirty", "storage/diff cms/reads cms/site"},
    // A layout is a document too: front matter and body.
    {"cms/render",
     "storage/snapshot cms/document cms/highlight cms/site cms/schedule cms/generate cms/plugins "
     "cms/liquid "
     "cms/markdown "
     "cms/sass "
     "cms/reads"},
    {"cms/publish", "storage/commit storage/remote storage/process storage/outbound"},
    {"cms/pipeline", "storage cms"},
    {"api/http", ""},
    {"api/auth", API},
    {"api/changes", API " api/auth"},
    {"api/routes",
     API " api/auth api/changes api/events api/oidc api/remote api/targets api/webhooks"},
    {"api/schedule", API " api/auth api/routes"},
    {"api/oidc", "api/http api/auth storage/sqlite storage/outbound"},
    {"api/docs", API " api/routes"},
    {"api/editor", "api/http cms/liquid cms/publish storage/snapshot"},
    {"api/micropub", API " api/auth api/routes"},
    {"api/git", API " api/auth api/changes storage/remote"},
    {"api/hooks", API " api/auth"},
    {"api/events", API " api/auth"},
    {"api/remote", STORAGE_VALUES " storage/git storage/remote cms/change"},
    {"api/targets",
     "api/http cms/publish storage/git storage/snapshot storage/commit storage/remote "
     "storage/repack storage/process storage/outbound storage/sqlite api/remote"},
    {"api/webhooks", API " api/auth api/events"},
    {"api/program", "storage cms api"},
    {"editor", ""},
});

#undef API
#undef STORAGE_VALUES

struct Fence {
  std::string_view header;   // how its name begins
  std::string_view folders;  // parted by blanks
};

constexpr std::array<Fence, 12> kFences = {{
    {"git2",
     "storage/git storage/snapshot storage/commit storage/diff storage/history "
     "storage/remote"},
    {"sqlite3", "storage/sqlite"},
    {"curl/", "storage/outbound"},
    {"yaml.h", "cms/document"},
    {"expat.h", "cms/image cms/schedule_import"},
    {"cmark", "cms/markdown"},
    {"re2/", "cms/schema"},
    {"sass.h", "cms/sass"},
    {"sass/", "cms/sass"},
    {"pistache/", "api/http"},
    {"boost/beast", "api/http"},
    {"boost/asio", "api/http"},
}};

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool is_in_any(std::string_view folder, std::string_view folders) {
  const std::vector<std::string_view> list = words(folders);
  return std::any_of(
      list.begin(), list.end(), [&](std::string_view one) { return is_in(folder, one); });
}

const Arrow* arrow_of(std::string_view folder) {
  const auto found = std::find_if(kArrows.begin(), kArrows.end(), [&](const Arrow& arrow) {
    return is_in(folder, arrow.folder);
  });
  return found == kArrows.end() ? nullptr : &*found;
}

// What stands between the quotes or the angle brackets of an #include; "" on any other line.
std::string_view included(std::string_view line, char open, char close) {
  if (!line.starts_with("#include")) return {};
  const std::size_t begin = line.find(open);
  if (begin == line.npos) return {};
  const std::size_t end = line.find(close, begin + 1);
  return end == line.npos ? std::string_view() : line.substr(begin + 1, end - begin - 1);
}

std::string check_include(const Arrow& arrow, std::string_view header) {
  const std::size_t slash = header.rfind('/');
  const std::string_view folder =
      slash == header.npos ? std::string_view() : header.substr(0, slash);
  const Arrow* target = arrow_of(folder);
  if (target == nullptr) {
    return "\"" + std::string(header) + "\" is not written from the root; write \"folder/name.h\"";
  }
  if (target == &arrow || is_in(folder, "storage/base") || is_in_any(folder, arrow.may_include)) {
    return "";
  }
  return std::string(arrow.folder) + " may not include " + std::string(target->folder) +
         "; it may include storage/base " + std::string(arrow.may_include) +
         ": pass a value or an interface in from above";
}

std::string check_fence(std::string_view folder, std::string_view header) {
  for (const Fence& fence : kFences) {
    if (header.starts_with(fence.header) && !is_in_any(folder, fence.folders)) {
      return "<" + std::string(header) + "> is for " + std::string(fence.folders) +
             " alone; use what those folders offer";
    }
  }
  return "";
}

std::string_view section(std::string_view text, std::string_view heading) {
  const std::size_t begin = text.find(heading);
  if (begin == text.npos) return {};
  const std::size_t body = begin + heading.size();
  return text.substr(body, std::min(text.find("\n#", body), text.size()) - body);
}

}  // namespace

Violations check_arrows(const SourceFile& file) {
  if (file.is_test() || (!file.is_header() && !file.is_source())) return {};
  Violations violations;
  const Arrow* arrow = arrow_of(file.folder());
  if (arrow == nullptr) {
    return {{file.path,
             0,
             "the table of arrows knows no such folder; enter it there, in "
             "ARCHITECTURE.md and in tests/tidy"}};
  }
  int number = 0;
  for (const std::string_view line : file.lines()) {
    ++number;
    std::string message;
    if (const std::string_view header = included(line, '"', '"'); !header.empty()) {
      message = check_include(*arrow, header);
    } else if (const std::string_view library = included(line, '<', '>'); !library.empty()) {
      message = check_fence(file.folder(), library);
    }
    if (!message.empty()) violations.push_back({file.path, number, std::move(message)});
  }
  return violations;
}

std::string arrows_as_markdown() {
  std::string table = "| folder | may include |\n| --- | --- |\n";
  for (const Arrow& arrow : kArrows) {
    table += "| " + std::string(arrow.folder) + " |";
    const std::vector<std::string_view> folders = words(arrow.may_include);
    for (std::size_t i = 0; i < folders.size(); ++i) {
      table += (i == 0 ? " " : ", ") + std::string(folders[i]);
    }
    table += folders.empty() ? " - |\n" : " |\n";
  }
  return table;
}

Violations check_documented_arrows(const SourceFile& architecture) {
  const std::string table = arrows_as_markdown();
  std::string rows;
  const SourceFile part{"", std::string(section(architecture.text, "\n### Arrows\n"))};
  for (const std::string_view line : part.lines()) {
    if (line.starts_with('|')) rows += std::string(line) + "\n";
  }
  if (rows == table) return {};
  return {
      {architecture.path,
       0,
       "the table under `### Arrows` is not the one of tests/tidy/arrows.cc, which is:\n" + table}};
}

}  // namespace stet::tidy
