// Every operation of the OpenAPI document, asked as the document says and with one thing wrong, by
// those who may and by those who may not: no answer is a fault of the server, each is of a status
// and a schema that the document has for it, what the document refuses is refused, and nobody gets
// what is not for nobody. A new route is in it by itself.
//
// The same requests each time, and others with STET_CONTRACT_SEED=N, as the soak has them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "api/http/url.h"
#include "api/routes/openapi.h"
#include "tests/api/contract/bends.h"
#include "tests/api/contract/contract_world.h"

namespace stet::api {
namespace {

constexpr std::size_t kShards = 8;
constexpr int kTries = 12;                  // until it has been done once
constexpr std::size_t kBodyBends = 16;      // of each body
constexpr std::size_t kRequestBytes = 600;  // shown

std::uint64_t seed_of_run() {
  const char* text = std::getenv("STET_CONTRACT_SEED");
  return text ? std::strtoull(text, nullptr, 10) : 1;
}

bool is_usual_run() { return !std::getenv("STET_CONTRACT_SEED"); }

std::string type_of(const Told& told) {
  std::string type = told.header("Content-Type");
  return type.substr(0, type.find(';'));
}

// "": it is as the document says.
std::string fault_of(const Operation& operation, const Told& told, const SchemaCheck& check) {
  if (told.status >= 500 && told.status != 503) return "a fault of the server";
  const Json& responses = (*operation.json)["responses"];
  std::string status = std::to_string(told.status);
  if (!responses.contains(status)) return "the document has no status " + status;
  if (!responses[status].contains("content")) {
    return told.body.empty() ? "" : "there is a body, and the document has none";
  }
  const Json& content = responses[status]["content"];
  std::string type = type_of(told);
  if (content.contains("*/*")) return "";
  if (!content.contains(type)) return "the document has no type " + type + " of " + status;
  if (type.find("json") == std::string::npos) return "";
  Json json = told.json();
  if (json.is_discarded()) return "the body is no JSON";
  std::string fault = check.fault_of(json, content[type]["schema"]);
  return fault.empty() ? "" : "not of its schema: " + fault;
}

std::string shown(const Caller& caller, const Asked& asked, const Told& told) {
  std::string text = "\n  by " + caller.name + ": " + asked.method + " " + asked.target;
  for (const auto& [name, value] : asked.headers) {
    if (name != "Authorization" && name != "Cookie") text += "\n    " + name + ": " + value;
  }
  return text + "\n    " + asked.body.substr(0, kRequestBytes) + "\n  " +
         std::to_string(told.status) + " " + told.body.substr(0, kRequestBytes);
}

// One operation, in a world of its own.
class Walk {
 public:
  Walk(const Json& document, const Operation& operation, std::uint64_t seed)
      : document_(document),
        operation_(operation),
        check_(document),
        dice_(seed),
        world_(contract_world(operation)),
        callers_(callers_of(*world_)),
        hints_(hints_of(world_->head())),
        values_(document, hints_, dice_),
        requests_(document, values_, dice_, hints_, [this](Asked asked) {
          return ask(able(), std::move(asked));
        }) {}

  void all() {
    try_plainly();
    ask_as_others();
    Bends bends(document_, values_, dice_);
    std::vector<Bend> some = bends.of_media_type(operation_);
    for (auto more : {bends.of_query(operation_),
                      bends.of_headers(operation_),
                      bends.of_path(operation_, requests_)}) {
      some.insert(some.end(), more.begin(), more.end());
    }
    for (const Bend& bend : some) ask_bent(bend, "");
    const Json content = operation_.content();
    for (const auto& [type, body] : content.items()) ask_bodies(bends, type, body["schema"]);
  }

  bool has_succeeded() const { return has_succeeded_; }

 private:
  // Some may be done by people alone, not by tokens.
  const Caller& able() const {
    return operation_.takes("token") || operation_.is_open() ? callers_.server : callers_.session;
  }

  Told ask(const Caller& caller, Asked asked) {
    // What the wire itself refuses.
    if (!http::parse_target(asked.target)) return {.status = 400, .headers = {}, .body = ""};
    for (const auto& [name, value] : caller.headers) asked.headers[name] = value;
    return world_->admin(std::move(asked));
  }

  // What must be there before, and then a request of the document.
  Asked prepared(Extent extent, const std::string& type = "") {
    Asked asked = requests_.make(operation_, extent, type);
    const auto chosen = requests_.chosen();
    for (const Step& step : steps_of(operation_)) {
      Asked before{.method = std::string(step.method),
                   .target = filled(std::string(step.target), chosen),
                   .body = std::string(step.body)};
      if (!before.body.empty()) before.headers["Content-Type"] = "application/json";
      ask(able(), std::move(before));
    }
    return asked;
  }

  void try_plainly() {
    for (int i = 0; i < kTries && (i < 3 || !has_succeeded_); ++i) {
      Asked asked = prepared(i % 2 == 0 ? Extent::kLeast : Extent::kSome);
      Told told = look_at(able(), asked, "");
      has_succeeded_ = has_succeeded_ || told.status < 400;
      if (told.status < 300) good_body_ = asked.body;
    }
  }

  void ask_as_others() {
    Told told = look_at(callers_.nobody, prepared(Extent::kLeast), "");
    EXPECT_TRUE(operation_.is_open() || told.status == 401)
        << operation_.name() << " answers nobody with " << told.status;
    bool is_for_reading = operation_.is_open() || !operation_.takes("token");
    for (const Json& way : operation_.json->value("security", Json::array())) {
      bool is_for_all =
          way.contains("token") && (way["token"].empty() || way["token"][0] == "content:read");
      is_for_reading = is_for_reading || is_for_all;
    }
    told = look_at(callers_.reads, prepared(Extent::kLeast), "");
    EXPECT_TRUE(is_for_reading || told.status >= 400)
        << operation_.name() << " is done by a token that reads: " << told.status;
    for (const Caller& caller : callers_.people) look_at(caller, prepared(Extent::kSome), "");
    look_at(callers_.session, prepared(Extent::kSome), "");
  }

  void ask_bodies(Bends& bends, const std::string& type, const Json& schema) {
    values_.begin(operation_.id());
    std::vector<Json> bodies = {values_.make_whole(schema)};
    Json good = Json::parse(good_body_, nullptr, false);
    if (!good.is_discarded() && check_.fault_of(good, schema).empty()) bodies.push_back(good);
    for (const Json& body : bodies) {
      std::string fault = check_.fault_of(body, schema);
      EXPECT_EQ(fault, "") << "made by us, for " << operation_.name() << ": " << body.dump();
      for (const Bend& bend : bends.of_body(body, schema, type, kBodyBends)) ask_bent(bend, type);
    }
  }

  void ask_bent(const Bend& bend, const std::string& type) {
    Asked asked = requests_.make(operation_, Extent::kLeast, type);
    bend.apply(asked);
    if (!http::parse_target(asked.target)) return;
    Told told = look_at(able(), asked, bend.what);
    if (!bend.must_be_refused || told.status >= 400) return;
    report("it does what the document refuses", able(), asked, told, bend.what);
  }

  Told look_at(const Caller& caller, const Asked& asked, const std::string& what) {
    Told told = ask(caller, asked);
    std::string fault = fault_of(operation_, told, check_);
    if (!fault.empty()) report(fault, caller, asked, told, what);
    return told;
  }

  // One of a kind is enough to see what is wrong.
  void report(const std::string& fault,
              const Caller& caller,
              const Asked& asked,
              const Told& told,
              const std::string& what) {
    if (!known_.insert(fault.substr(0, 40)).second) return;
    ADD_FAILURE() << operation_.name() << ": " << fault << (what.empty() ? "" : "\n  " + what)
                  << shown(caller, asked, told);
  }

  const Json& document_;
  const Operation& operation_;
  const SchemaCheck check_;
  Dice dice_;
  std::shared_ptr<World> world_;
  Callers callers_;
  Hints hints_;
  SchemaValues values_;
  Requests requests_;
  std::set<std::string> known_;
  std::string good_body_;
  bool has_succeeded_ = false;
};

class Contract : public testing::TestWithParam<std::size_t> {};

TEST_P(Contract, OfEachOperationIsKeptWhateverIsAsked) {
  const std::uint64_t seed = seed_of_run();
  const Json document = openapi_document("1");
  const std::vector<Operation> operations = operations_of(document);
  ASSERT_GT(operations.size(), kShards);
  for (std::size_t i = GetParam(); i < operations.size(); i += kShards) {
    SCOPED_TRACE("STET_CONTRACT_SEED=" + std::to_string(seed));
    Walk walk(document, operations[i], seed * operations.size() + i);
    walk.all();
    // What nobody can do at all has hardly been tried: a hint or a step may be what lacks.
    bool may_fail = !is_usual_run() || needs_more_than_requests(operations[i].id());
    EXPECT_TRUE(walk.has_succeeded() || may_fail)
        << operations[i].name() << " (" << operations[i].id() << ") was never done";
  }
}

INSTANTIATE_TEST_SUITE_P(Shards, Contract, testing::Range<std::size_t>(0, kShards));

}  // namespace
}  // namespace stet::api
