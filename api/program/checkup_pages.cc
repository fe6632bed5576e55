#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <mutex>
#include <unordered_set>

#include "api/program/checkup.h"
#include "api/program/identity.h"
#include "cms/publish/publisher.h"
#include "storage/base/byte_source.h"
#include "storage/base/content_hasher.h"
#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/time.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kJournalBytesMax = std::uint64_t{4} << 30;
constexpr std::size_t kNamedMax = 5;

constexpr const char* kPageMend =
    "nothing: the server renders it again when it is asked for; look after the disk (smartctl)";

// A folder of our own, which goes with all that is in it.
class OwnFolder {
 public:
  OwnFolder() {
    std::error_code failure;
    std::string path = fs::temp_directory_path(failure) / "stet-doctor-XXXXXX";
    if (!failure && ::mkdtemp(path.data())) path_ = path;
  }
  ~OwnFolder() {
    std::error_code failure;
    if (!path_.empty()) fs::remove_all(path_, failure);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// The newest publication; null where nothing was published. Of a copy of the journal: the server
// holds the folder, and whatever it is writing just now is a torn tail, which is cut.
publish::LivePointer published(const Checkup& checkup) {
  OwnFolder folder;
  auto journal = read_file(checkup.state / "live" / "journal", kJournalBytesMax);
  if (folder.path().empty() || !journal) return nullptr;
  if (!write_atomically(folder.path() / "journal", *journal)) return nullptr;
  auto publisher = publish::Publisher::open(folder.path());
  return publisher ? (*publisher)->newest() : nullptr;
}

// Of no content where it cannot be read.
ContentHash hash_of(const ByteSource& source) {
  ContentHasher hasher;
  Status read = for_each_piece(source, [&](std::string_view bytes) -> Status {
    hasher.add(bytes);
    return {};
  });
  return read ? hasher.finish() : ContentHash();
}

bool is_spoilt(const fs::path& object, const ContentHash& content) {
  Descriptor file(::open(object.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat found;
  if (!file) return errno != ENOENT;  // what is not there is rendered again
  if (::fstat(file.get(), &found) != 0) return true;
  return hash_of(FileSource(file.get(), static_cast<std::uint64_t>(found.st_size))) != content;
}

// The object where the store has it (store.h), read without the store, which would take it away.
fs::path object_of(const Checkup& checkup, const ContentHash& content) {
  const std::string hex = content.hex();
  return checkup.state / "pages" / hex.substr(0, 2) / hex.substr(2);
}

// Pages that differ, the first by name.
class Differences {
 public:
  void add(const std::string& path) {
    std::lock_guard lock(mutex_);
    if (paths_.size() < kNamedMax) paths_.push_back(path);
    ++count_;
  }
  std::size_t count() const { return count_; }
  std::string named() const {
    std::string text;
    for (const std::string& path : paths_) text += (text.empty() ? "'" : ", '") + path + "'";
    return count_ > paths_.size() ? text + " and others" : text;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> paths_;
  std::size_t count_ = 0;
};

SiteFlags flags_of(const Checkup& checkup, const publish::Live& live) {
  SiteFlags flags = checkup.site;
  flags.repository = checkup.folder.string();
  flags.ref = live.commit.hex();
  flags.time = iso_instant(live.instant);
  flags.url = live.url;
  flags.theme_folders = checkup.settings.theme_folders;
  flags.is_limited = true;
  return flags;
}

// False where other flags, settings or another build would explain what differs.
Result<bool> compare(const SiteFlags& flags,
                     const Checkup& checkup,
                     const publish::Live& live,
                     Differences& differences) {
  auto request = TRY(read_site_flags(flags, {}, Sight::kPublic));
  request.sheets = sass_compiler(checkup.settings.sass_command);
  std::unordered_set<std::string> seen;
  std::mutex mutex;
  auto sink = [&](const std::string& path, const render::RenderedPage& page) -> Status {
    const publish::ManifestEntry* entry = live.manifest.find(path);
    {
      std::lock_guard lock(mutex);
      seen.insert(path);
    }
    bool is_comparable =
        !page.is_failed && publish::OutputPath::parse(path) && (!entry || !entry->is_stale());
    if (!is_comparable) return {};
    ContentHash made = page.content ? hash_of(*page.content) : content_hash(page.bytes);
    if (!entry || !entry->page() || entry->page()->content != made) differences.add(path);
    return {};
  };
  auto report = TRY(pipeline::build_once(std::move(request), sink));
  const Fingerprint own = pages_identity(overrides_of(flags), checkup.settings);
  if (pipeline::settings_of(own, *report.site) != live.settings) return false;
  live.manifest.entries().for_each([&](const publish::OutputPath& path, const auto& entry) {
    if (!entry.is_stale() && !seen.contains(path.string())) differences.add(path.string());
  });
  return true;
}

}  // namespace

void look_at_kept_pages(Checkup& checkup) {
  auto live = checkup.is_quick ? nullptr : published(checkup);
  if (!live) return;
  Differences spoilt;
  live->manifest.entries().for_each([&](const publish::OutputPath& path, const auto& entry) {
    const publish::Page* page = entry.is_stale() ? nullptr : entry.page();
    if (page && is_spoilt(object_of(checkup, page->content), page->content)) {
      spoilt.add(path.string());
    }
  });
  if (spoilt.count() == 0) return;
  checkup.add(
      Gravity::kWarning,
      "pages",
      std::to_string(spoilt.count()) + " kept pages are spoilt on the disk: " + spoilt.named(),
      kPageMend);
}

void look_at_rendered_pages(Checkup& checkup) {
  auto live = published(checkup);
  if (!live || !checkup.repository) {
    return checkup.add(
        Gravity::kNote, "pages", "nothing was published yet, so no page was compared", "serve it");
  }
  Differences differences;
  auto is_compared = compare(flags_of(checkup, *live), checkup, *live, differences);
  if (!is_compared) {
    return checkup.add(
        Gravity::kError, "pages", is_compared.error().message, "stet check says more");
  }
  if (!*is_compared) {
    return checkup.add(Gravity::kNote,
                       "pages",
                       "pages were not compared: they were made with other flags, settings or "
                       "another build of stet than this one's",
                       "give --settings and flags as `stet serve` has them");
  }
  if (differences.count() == 0) return;
  checkup.add(Gravity::kError,
              "pages",
              std::to_string(differences.count()) +
                  " live pages are not what their commit makes: " + differences.named(),
              "stop the server, remove '" + (checkup.state / "live").string() +
                  "', and start it: all is rendered again; and report it, for it is a bug of stet");
}

}  // namespace stet::program
