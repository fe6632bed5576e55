#include "api/program/follow_parts.h"

#include <algorithm>

#include "api/git/hook_files.h"
#include "api/program/command.h"
#include "api/program/log.h"
#include "api/program/secret_file.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;
using storage::Upstream;

// A leader that cannot be reached when this one starts is not waited for longer.
constexpr std::int64_t kFirstLookMs = 10'000;
constexpr std::int64_t kRetrySecondsMin = 10;
// What the leader has committed, it will show soon; unless it cannot.
constexpr int kLooksAgainMax = 10;

Result<std::unique_ptr<Upstream>> open(const Settings::Follow& settings,
                                       const std::string& url,
                                       const fs::path& repository,
                                       std::int64_t wall_ms) {
  auto token = secret_path(settings.token), key = secret_path(settings.ssh_key),
       hosts = secret_path(settings.known_hosts);
  for (const auto* path : {&token, &key, &hosts}) {
    if (!*path) return Error(path->error()).within("settings: [follow]");
  }
  std::error_code failure;
  const bool is_folder = fs::is_directory(url, failure);  // git's child is in another one
  auto opened = Upstream::open({.repository = fs::absolute(repository),
                                .url = is_folder ? fs::absolute(url).string() : url,
                                .ssh_key = *key,
                                .known_hosts = *hosts,
                                .token = *token,
                                .systemd_credentials = systemd_credentials(),
                                .wall_ms = wall_ms,
                                .fetch_bytes_max = 0});
  if (!opened) return std::move(opened).error().within("settings: [follow]");
  return opened;
}

void log(std::string_view text) { log_note(text); }

}  // namespace

Result<std::unique_ptr<FollowParts>> FollowParts::make(const Settings& settings, World world) {
  const Settings::Follow& follow = settings.follow;
  const bool follows = world.leadership.role() == remote::Role::kFollows;
  std::vector<std::string> urls;
  if (!follow.url.empty()) urls.push_back(follow.url);
  if (!follows) urls.insert(urls.end(), follow.peers.begin(), follow.peers.end());
  if (urls.empty() || world.leadership.role() == remote::Role::kReplaced) {
    return std::unique_ptr<FollowParts>();
  }
  std::unique_ptr<FollowParts> parts(new FollowParts(follow, std::move(world)));
  for (const std::string& url : urls) {
    parts->others_.push_back(
        TRY(open(follow, url, parts->world_.repository.path(), follow.seconds_max * 1000)));
  }
  TRY(follows ? parts->follow() : parts->lead());
  return parts;
}

Status FollowParts::follow() {
  sync_ = std::make_unique<remote::LeaderSync>(
      remote::LeaderSync::Parts{.repository = world_.repository,
                                .leader = *others_.front(),
                                .leadership = world_.leadership,
                                .site_clock = world_.site_clock,
                                .clock = world_.clock,
                                .branch = world_.branch,
                                .moved = world_.moved,
                                .note = log,
                                .settings = world_.settings});
  world_.leadership.tell(sync_->report());
  return {};
}

Status FollowParts::lead() {
  std::vector<Upstream*> peers;
  for (const auto& other : others_) peers.push_back(other.get());
  Upstream* former = nullptr;
  if (!settings_.url.empty()) {
    former = peers.front();
    peers.erase(peers.begin());
  }
  exchange_ = std::make_unique<remote::EpochExchange>(
      remote::EpochExchange::Parts{world_.repository, world_.leadership, world_.clock, log},
      former,
      std::move(peers));
  world_.leadership.tell(exchange_->report());
  return {};
}

Status FollowParts::begin() {
  if (exchange_) {
    // What cannot be reached in time is looked at again and again from now on.
    std::vector<std::unique_ptr<Upstream>> quick;
    std::vector<Upstream*> all;
    for (const std::string& url : settings_.peers) {
      quick.push_back(TRY(open(settings_, url, world_.repository.path(), kFirstLookMs)));
      all.push_back(quick.back().get());
    }
    Upstream* former = nullptr;
    if (!settings_.url.empty()) {
      quick.push_back(TRY(open(settings_, settings_.url, world_.repository.path(), kFirstLookMs)));
      former = quick.back().get();
    }
    remote::EpochExchange first(
        {world_.repository, world_.leadership, world_.clock, log}, former, std::move(all));
    static_cast<void>(first.round());
    return {};
  }
  auto head = world_.repository.head_of(world_.branch);
  if (head && *head) return {};
  Status looked = round();
  if (looked) return {};
  return std::move(looked).error().within("fetch " + others_.front()->url());
}

const remote::LeaderReport& FollowParts::report() const {
  return sync_ ? sync_->report() : exchange_->report();
}

Status FollowParts::round() {
  Status done = sync_ ? sync_->round() : exchange_->round();
  world_.leadership.tell(report());
  const bool is_behind = sync_ && done && report().behind > 0;
  looks_again_ = is_behind ? looks_again_ + 1 : 0;
  if (is_behind && rounds_ && looks_again_ <= kLooksAgainMax) rounds_->hear();
  return done;
}

void FollowParts::start() {
  remote::RetryTimes times;
  times.poll = settings_.poll_seconds * remote::RetryTimes::kSecond;
  times.first_retry = remote::RetryTimes::kSecond;
  times.retry_max =
      std::max(settings_.poll_seconds, kRetrySecondsMin) * remote::RetryTimes::kSecond;
  rounds_ = std::make_unique<remote::Rounds>(
      world_.clock,
      world_.random,
      times,
      [this] { return round(); },
      [this](std::optional<Instant> next) {
        remote::LeaderReport told = report();
        told.next_try = next;
        world_.leadership.tell(std::move(told));
      });
  rounds_->start();
}

void FollowParts::hear() {
  if (rounds_) rounds_->hear();
}

void FollowParts::stop() {
  for (const auto& other : others_) other->stop();
  if (rounds_) rounds_->stop();
}

Status make_mirror(const Settings& settings, const fs::path& repository, const std::string& state) {
  const Settings::Follow& follow = settings.follow;
  if (follow.url.empty() || repository.empty()) return {};
  std::error_code failure;
  const bool is_there =
      fs::exists(repository, failure) && !fs::is_empty(repository, failure) && !failure;
  if (is_there) return {};
  auto leader = TRY(open(follow, follow.url, repository, follow.seconds_max * 1000));
  auto listing = leader->list("main");
  if (!listing) return std::move(listing).error().within("look at " + leader->url());
  if (listing->default_branch.empty()) {
    return not_found(leader->url() + " has no branch yet that could be followed");
  }
  const auto made = TRY(storage::Repository::create(repository, listing->default_branch));
  // They refuse pushes, which come by other ways than over HTTP too.
  TRY(git::install_hooks(made,
                         {.program = own_executable(), .state = state_place(state, repository)}));
  log_note("made '" + repository.string() + "' for what " + leader->url() + " has");
  return {};
}

}  // namespace stet::program
