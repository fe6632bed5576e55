#include "api/targets/round.h"

#include <algorithm>

#include "api/http/url.h"

namespace stet::targets {
namespace {

using publish::ManifestEntry;
using storage::HeldFile;

// What the target will hold: a stale page stays as it is there, if it is.
Manifest expected_of(const Manifest& held, const Manifest& wanted) {
  if (wanted.stale_count() == 0) return wanted;
  std::vector<Change> changes;
  wanted.entries().for_each([&](const OutputPath& path, const ManifestEntry& entry) {
    if (!entry.is_stale()) return true;
    const ManifestEntry* there = held.find(path.view());
    const bool is_known = there && !there->is_stale();
    changes.push_back({path, is_known ? std::optional(*there) : std::nullopt});
    return true;
  });
  return wanted.with(changes);
}

// The configuration has a path as people write it.
std::string ascii(std::string_view path) {
  std::string text;
  for (char c : path) {
    text += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c)
                                                 : http::percent_encode(std::string_view(&c, 1));
  }
  return text;
}

HeldFile held_file(const Change& change) {
  const Page& page = *change.entry->page();
  return {change.path.string(),
          HeldFile::Content{page.content, page.bytes, page.type, page.status}};
}

// Takes those of `paths` out of the plan's phases, to be written last.
void part_seals(Plan& plan, const std::vector<Change>& seals) {
  for (auto* phase : {&plan.assets, &plan.pages}) {
    auto kept = std::stable_partition(phase->begin(), phase->end(), [&](const Change& change) {
      return std::none_of(
          seals.begin(), seals.end(), [&](const Change& seal) { return seal.path == change.path; });
    });
    std::move(kept, phase->end(), std::back_inserter(plan.seals));
    phase->erase(kept, phase->end());
  }
}

}  // namespace

Result<std::unique_ptr<Round>> Round::open(RoundParts parts) {
  TRY(parts.state.begin({.name = parts.name,
                         .kind = parts.kind,
                         .place = parts.target.place(),
                         .address = parts.target.address(),
                         .manner = parts.target.manner()}));
  std::unique_ptr<Round> round(new Round(std::move(parts)));
  TRY(round->read_held());
  return round;
}

Status Round::read_held() {
  std::vector<Change> changes;
  for (HeldFile& file : TRY(parts_.state.files(parts_.name))) {
    auto path = TRY(OutputPath::parse(file.path));
    ManifestEntry entry = ManifestEntry::stale(std::nullopt);
    if (file.content) {
      entry = ManifestEntry::fresh({file.content->hash,
                                    file.content->bytes,
                                    std::move(file.content->type),
                                    file.content->status});
    }
    changes.push_back({std::move(path), std::move(entry)});
  }
  held_ = Manifest().with(changes);
  return {};
}

Result<RoundOutcome> Round::run(const publish::Live& live) {
  RoundOutcome outcome;
  Status done = run(live, outcome);
  if (parts_.progress) parts_.progress->end();
  const Instant now = parts_.clock.now();
  if (!done && parts_.is_over()) return std::move(done).error();
  if (!done) {
    const std::size_t left = outcome.planned - outcome.written - outcome.deleted;
    behind_ = std::max<std::size_t>(left + outcome.waiting, 1);
    TRY(parts_.state.note_failure(parts_.name, done.error().message, behind_, now));
    return std::move(done).error();
  }
  behind_ = outcome.waiting;
  TRY(parts_.state.note_success(parts_.name, live.commit.hex(), now));
  return outcome;
}

Result<Manifest> Round::wanted_of(const publish::Live& live, std::vector<Change>& seals) {
  if (!parts_.seal) return live.manifest;
  seals = TRY(parts_.seal(live, expected_of(held_, live.manifest), [this](auto& path, auto& page) {
    return bytes_of(path, page);
  }));
  return live.manifest.with(seals);
}

Status Round::run(const publish::Live& live, RoundOutcome& outcome) {
  std::vector<Change> seals;
  const Manifest wanted = TRY(wanted_of(live, seals));
  Plan plan = plan_of(held_, wanted);
  part_seals(plan, seals);
  outcome.planned = plan.size();
  outcome.waiting = plan.waiting;
  if (plan.size() > 0) {
    if (parts_.progress) parts_.progress->begin("publishing to " + parts_.name, plan.size());
    const Manifest held = held_;
    const bool resumes = held.stale_count() > 0;
    TRY(intend(plan));
    Work work{.live = live,
              .held = held,
              .plan = std::move(plan),
              .resumes = resumes,
              .mark = TRY(parts_.state.target(parts_.name)).mark,
              .bytes_of = [&](auto& path, auto& page) { return bytes_of(path, page); },
              .confirm = [&](auto changes) { return confirm(live, changes, outcome); },
              .set_mark = [&](auto& mark) { return parts_.state.set_mark(parts_.name, mark); },
              .is_over = parts_.is_over};
    Status applied = parts_.target.apply(work);
    if (!applied) {
      // Caches are told of what has come to be there, whatever has not.
      [[maybe_unused]] Status told = parts_.is_over() ? Status() : purge();
      return applied;
    }
  }
  return purge();
}

Status Round::intend(const Plan& plan) {
  std::vector<std::string> paths;
  std::vector<Change> unknown;
  // Of what is deleted nobody may know either, where the round ends in between.
  for (const auto* phase : plan.in_order()) {
    for (const Change& change : *phase) {
      paths.push_back(change.path.string());
      unknown.push_back({change.path, ManifestEntry::stale(std::nullopt)});
    }
  }
  TRY(parts_.state.intend(parts_.name, paths));
  held_ = held_.with(unknown);
  return {};
}

Status Round::confirm(const publish::Live& live,
                      std::span<const Change> changes,
                      RoundOutcome& outcome) {
  storage::TargetState::Confirmed confirmed;
  for (const Change& change : changes) {
    if (change.entry) {
      confirmed.there.push_back(held_file(change));
    } else {
      confirmed.gone.push_back(change.path.string());
    }
    if (parts_.purger) {
      confirmed.purge.push_back(live.url + ascii(live.baseurl) + url_of(change.path));
    }
  }
  TRY(parts_.state.confirm(parts_.name, confirmed));
  held_ = held_.with(changes);
  if (parts_.progress) parts_.progress->add(changes.size());
  outcome.written += confirmed.there.size();
  outcome.deleted += confirmed.gone.size();
  return {};
}

Result<publish::Store::Bytes> Round::bytes_of(const OutputPath& path, const Page& page) {
  auto bytes = parts_.store.get(page.content);
  if (bytes || bytes.error().code != ErrorCode::kNotFound || !parts_.mend) return bytes;
  TRY(parts_.mend(path));
  return parts_.store.get(page.content);
}

Status Round::purge() {
  if (!parts_.purger) return {};
  bool is_heard = false;  // the cache has taken something
  for (;;) {
    const auto urls = TRY(parts_.state.purges(parts_.name, parts_.purger->batch()));
    if (urls.empty()) return {};
    TRY(purge(urls, is_heard));
  }
}

// One that is refused while others are taken must not hold up what comes after it. Where all are
// refused, it is the settings that are wrong, and nothing is forgotten.
Status Round::purge(const std::vector<std::string>& urls, bool& is_heard) {
  if (parts_.is_over()) return stopping();
  const Status told = parts_.purger->purge(urls);
  if (told) {
    is_heard = true;
    return parts_.state.forget_purges(parts_.name, urls);
  }
  const bool is_refused = told.error().code == ErrorCode::kForbidden;
  const bool is_no_page = told.error().code == ErrorCode::kInvalidInput;
  if (!is_refused && !is_no_page) return told;
  if (urls.size() > 1) {
    for (const std::string& url : urls) TRY(purge({url}, is_heard));
    return {};
  }
  if (is_refused && !is_heard) {
    is_heard = TRY(is_newest_taken(urls.front()));
    if (!is_heard) return unavailable(told.error().message);
  }
  parts_.note(parts_.name + ": " + told.error().message);
  return parts_.state.forget_purges(parts_.name, urls);
}

Result<bool> Round::is_newest_taken(const std::string& refused) {
  const std::string newest = TRY(parts_.state.newest_purge(parts_.name));
  if (newest.empty() || newest == refused) return false;
  const Status told = parts_.purger->purge({newest});
  if (!told) return false;
  TRY(parts_.state.forget_purges(parts_.name, {newest}));
  return true;
}

}  // namespace stet::targets
