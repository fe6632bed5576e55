#include "api/remote/epoch_exchange.h"

#include <utility>

#include "storage/remote/epoch.h"

namespace stet::remote {
namespace {

constexpr char kTheirEpoch[] = "refs/stet/met/epoch";

}  // namespace

EpochExchange::EpochExchange(Parts parts,
                             storage::Upstream* former,
                             std::vector<storage::Upstream*> peers)
    : parts_(std::move(parts)), former_(former), peers_(std::move(peers)) {
  if (former_) report_.url = former_->url();
}

void EpochExchange::note(const std::string& text) const {
  if (parts_.note) parts_.note("follow: " + text);
}

Status EpochExchange::round() {
  ++report_.counts.looks;
  Status done;
  if (former_) done = look(*former_, true);
  for (storage::Upstream* peer : peers_) {
    if (!parts_.leadership.may_write()) break;
    Status looked = look(*peer, false);
    if (done && !looked) done = std::move(looked);
  }
  if (done) {
    report_.last_look = parts_.clock.now();
    report_.last_error.clear();
    report_.failing_since.reset();
    report_.state = LeaderState::kInStep;
    return done;
  }
  ++report_.counts.failures;
  if (report_.last_error != done.error().message) note(done.error().message);
  report_.last_error = done.error().message;
  report_.state = LeaderState::kFailing;
  if (!report_.failing_since) report_.failing_since = parts_.clock.now();
  return done;
}

Status EpochExchange::look(storage::Upstream& at, bool is_told) {
  Status fetched = at.mirror({"+refs/stet/epoch*:" + std::string(kTheirEpoch) + "*"});
  if (!fetched) return std::move(fetched).error().within("look at " + at.url());
  const std::uint64_t theirs = TRY(storage::read_epoch(parts_.repository, kTheirEpoch));
  const std::uint64_t ours = TRY(storage::read_epoch(parts_.repository));
  if (theirs > ours) {
    note(at.url() + " knows that another server leads since epoch " + std::to_string(theirs));
    return storage::raise_epoch(parts_.repository, theirs);
  }
  return is_told && theirs < ours ? tell(at, theirs) : Status();
}

Status EpochExchange::tell(storage::Upstream& former, std::uint64_t theirs) {
  auto told = former.push_reference(storage::kEpochRef);
  const std::string who = "tell " + former.url() + ", which may still take writes in epoch " +
                          std::to_string(theirs) + ", that it leads no more";
  if (!told) return std::move(told).error().within(who);
  if (told->kind != storage::PushOutcome::Kind::kDone) {
    return forbidden(who + ": " +
                     (told->reason.empty() ? "it did not take the push" : told->reason) +
                     "; the token for it ([follow] token) needs the scope admin");
  }
  note(former.url() + " was told that it leads no more");
  report_.epoch = TRY(storage::read_epoch(parts_.repository));
  return {};
}

}  // namespace stet::remote
