// A place outside that is kept in step with what is live: a folder, a branch, a bucket.
//
// Threads: apply() from one; stop() from any. What is held is noted by whoever calls: a target says
// what it has done (Work::confirm), and need remember nothing by itself.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "api/targets/plan.h"
#include "cms/publish/live.h"
#include "cms/publish/store.h"
#include "storage/base/result.h"

namespace stet::targets {

// The bytes of a page. kNotFound: what is live has moved on.
using BytesOf = std::function<Result<publish::Store::Bytes>(const OutputPath&, const Page&)>;

// Files that say of a publication's others what they are; of what a target will hold.
using Seal = std::function<Result<std::vector<Change>>(
    const publish::Live&, const Manifest& expected, const BytesOf&)>;

// What there is to do in one round.
struct Work {
  const publish::Live& live;
  const Manifest& held;  // stale: ours, and nobody knows what is there
  Plan plan;
  bool resumes = false;  // an earlier round was broken off
  std::string mark;      // what the target wanted to remember, "" at first

  BytesOf bytes_of;
  // These are there (or gone) for certain, and stay so over a power cut of the target.
  std::function<Status(std::span<const Change>)> confirm;
  std::function<Status(const std::string&)> set_mark;
  std::function<bool()> is_over;  // the server stops
};

class Target {
 public:
  virtual ~Target() = default;

  // For people, without a secret: "s3://bucket/prefix at https://...".
  virtual std::string place() const = 0;
  // Where files lie; one that differs is another target, of which nothing is known.
  virtual std::string address() const { return place(); }
  // All else that decides how a file comes to be there: in another manner all are written again.
  virtual std::string manner() const { return ""; }

  // Does the plan in its order. An error ends the round, which is tried again: what was confirmed
  // until then need not be done twice. kInvalidInput, kForbidden: somebody has to mend something.
  virtual Status apply(Work& work) = 0;

  // Ends an apply() soon.
  virtual void stop() {}
};

using TargetPtr = std::unique_ptr<Target>;

// What ends a round when the server stops.
inline Error stopping() { return unavailable("the server is stopping; it goes on from there"); }

}  // namespace stet::targets
