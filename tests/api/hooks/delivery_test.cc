// Deliveries as each forge sends them, and as others would like to.

#include "api/hooks/delivery.h"

#include <gtest/gtest.h>

#include <functional>

#include "api/http/url.h"
#include "storage/base/base64.h"
#include "storage/base/hash.h"
#include "storage/base/hex.h"

namespace stet::hooks {
namespace {

using Kind = Delivery::Kind;
using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr char kSecret[] = "a secret of the settings";
constexpr char kBody[] = R"({"ref":"refs/heads/main"})";
constexpr Instant kNow{1'700'000'000};
constexpr char kForm[] = "application/x-www-form-urlencoded";

std::string sign(std::string_view body, std::string_view secret = kSecret) {
  return encode_hex(hmac_sha256(secret, body));
}

struct Sent {
  std::string provider;
  Fields fields;
  std::string body = kBody;

  std::string* field(std::string_view name) {
    for (auto& [own, value] : fields) {
      if (own == name) return &value;
    }
    return nullptr;
  }
  void drop(std::string_view name) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
  }
};

Delivery judge(const Sent& sent, std::vector<std::string> secrets = {kSecret}) {
  http::Request request;
  request.method = "POST";
  request.path = "/hooks/" + sent.provider;
  for (const auto& [name, value] : sent.fields) request.headers.add(name, value);
  request.body = http::Body(sent.body);
  return judge_delivery(request, sent.provider, secrets, kNow);
}

Sent github(std::string_view body = kBody) {
  return {"github",
          {{"Content-Type", "application/json"},
           {"X-GitHub-Event", "push"},
           {"X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"},
           {"X-GitHub-Hook-ID", "292430182"},
           {"X-Hub-Signature", "sha1=" + std::string(40, '0')},
           {"X-Hub-Signature-256", "sha256=" + sign(body)}},
          std::string(body)};
}

// What Gitea sends beside its own: the headers of those whose hooks it takes the place of.
Sent gitea(std::string_view body = kBody) {
  return {"gitea",
          {{"Content-Type", "application/json"},
           {"X-GitHub-Delivery", "g-1"},
           {"X-GitHub-Event", "push"},
           {"X-GitHub-Event-Type", "push"},
           {"X-Gitea-Delivery", "g-1"},
           {"X-Gitea-Event", "push"},
           {"X-Gitea-Event-Type", "push"},
           {"X-Gitea-Signature", sign(body)},
           {"X-Gogs-Delivery", "g-1"},
           {"X-Gogs-Event", "push"},
           {"X-Gogs-Signature", sign(body)},
           {"X-Hub-Signature", "sha1=" + std::string(40, '0')},
           {"X-Hub-Signature-256", "sha256=" + sign(body)}},
          std::string(body)};
}

Sent forgejo(std::string_view body = kBody) {
  Sent sent = gitea(body);
  sent.provider = "forgejo";
  sent.fields.insert(sent.fields.end(),
                     {{"X-Forgejo-Delivery", "f-1"},
                      {"X-Forgejo-Event", "push"},
                      {"X-Forgejo-Event-Type", "push"},
                      {"X-Forgejo-Signature", sign(body)}});
  return sent;
}

Sent gitlab() {
  return {"gitlab",
          {{"Content-Type", "application/json"},
           {"X-Gitlab-Event", "Push Hook"},
           {"X-Gitlab-Event-UUID", "l-1"},
           {"Idempotency-Key", "l-key"},
           {"X-Gitlab-Instance", "https://gitlab.example"},
           {"X-Gitlab-Token", kSecret}}};
}

Sent bitbucket(const char* event = "repo:push") {
  return {"bitbucket",
          {{"Content-Type", "application/json"},
           {"X-Event-Key", event},
           {"X-Hook-UUID", "b-hook"},
           {"X-Request-UUID", "b-1"},
           {"X-Attempt-Number", "1"},
           {"X-Hub-Signature", "sha256=" + sign(kBody)}}};
}

Sent bitbucket_server() {
  return {"bitbucket",
          {{"Content-Type", "application/json"},
           {"X-Event-Key", "repo:refs_changed"},
           {"X-Request-Id", "s-1"},
           {"X-Hub-Signature", "sha256=" + sign(kBody)}}};
}

constexpr char kStandardSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Sent standard(std::string provider, std::int64_t seconds = kNow.seconds) {
  std::string key = *decode_base64(std::string_view(kStandardSecret).substr(6));
  std::string time = std::to_string(seconds);
  auto digest = hmac_sha256(key, "msg_1." + time + "." + kBody);
  std::string bytes(digest.begin(), digest.end());
  Sent sent{std::move(provider),
            {{"Content-Type", "application/json"},
             {"webhook-id", "msg_1"},
             {"webhook-timestamp", time},
             {"webhook-signature", "v1," + encode_base64(bytes)}}};
  if (sent.provider == "gitlab") sent.fields.push_back({"X-Gitlab-Event", "Push Hook"});
  return sent;
}

TEST(Deliveries, OfEveryForgeAreTold) {
  struct Row {
    const char* what;
    Sent sent;
    const char *secret, *forge, *id;
  };
  for (const Row& row : std::vector<Row>{
           {"GitHub", github(), kSecret, "github", "72d3162e-cc78-11e3-81ab-4c9367dc0958"},
           {"Gitea", gitea(), kSecret, "gitea", "g-1"},
           {"Forgejo", forgejo(), kSecret, "forgejo", "f-1"},
           {"GitLab's token", gitlab(), kSecret, "gitlab", "l-key"},
           {"GitLab's signature", standard("gitlab"), kStandardSecret, "gitlab", "msg_1"},
           {"Bitbucket Cloud", bitbucket(), kSecret, "bitbucket", "b-1"},
           {"Bitbucket Server", bitbucket_server(), kSecret, "bitbucket", "s-1"},
           {"anybody", standard("generic"), kStandardSecret, "generic", "msg_1"},
       }) {
    Delivery delivery = judge(row.sent, {"", "another", row.secret});
    EXPECT_EQ(delivery.kind, Kind::kPush) << row.what << ": " << delivery.detail;
    EXPECT_EQ(delivery.forge, row.forge) << row.what;
    EXPECT_EQ(delivery.id, row.id) << row.what;
    EXPECT_EQ(judge(row.sent, {"another"}).status, 403) << row.what;
    EXPECT_EQ(judge(row.sent, {""}).status, 403) << row.what;
    EXPECT_EQ(judge(row.sent, {}).status, 403) << row.what;
  }
}

TEST(Deliveries, TheVectorsOfTheForgesDocumentsHold) {
  constexpr char kPublic[] = "It's a Secret to Everybody";
  Sent hello = github("Hello, World!");
  *hello.field("X-Hub-Signature-256") =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  EXPECT_EQ(judge(hello, {kPublic}).kind, Kind::kPush);
  Sent plain = bitbucket();
  plain.body = "Hello World!";
  *plain.field("X-Hub-Signature") =
      "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
  EXPECT_EQ(judge(plain, {kPublic}).kind, Kind::kPush);
}

struct Trap {
  const char* what;
  Sent sent;
  std::function<void(Sent&)> change;
  int status;
};

std::vector<Trap> traps_of_signatures() {
  auto hub = [](std::string value) {
    return [value](Sent& sent) { *sent.field("X-Hub-Signature-256") = value; };
  };
  return {
      {"another body", github(), [](Sent& s) { s.body += " "; }, 403},
      {"no signature", github(), [](Sent& s) { s.drop("X-Hub-Signature-256"); }, 403},
      {"SHA-1 alone",
       github(),
       [](Sent& s) {
         s.drop("X-Hub-Signature-256");
         *s.field("X-Hub-Signature") = "sha256=" + sign(kBody);
       },
       403},
      {"an empty digest", github(), hub("sha256="), 403},
      {"an empty header", github(), hub(""), 403},
      {"half a digest", github(), hub("sha256=" + sign(kBody).substr(32)), 403},
      {"capitals", github(), hub("sha256=ABCDEF" + sign(kBody).substr(6)), 403},
      {"no prefix", github(), hub(sign(kBody)), 403},
      {"an empty secret's digest", github(), hub("sha256=" + sign(kBody, "")), 403},
      {"Gitea without a secret",
       gitea(),
       [](Sent& s) {
         *s.field("X-Gitea-Signature") = "";
         *s.field("X-Hub-Signature-256") = "sha256=";
       },
       403},
      {"Gitea's by GitHub's header alone",
       gitea(),
       [](Sent& s) { *s.field("X-Gitea-Signature") = ""; },
       403},
      {"a token that is a key for signing",
       gitlab(),
       [](Sent& s) { *s.field("X-Gitlab-Token") = kStandardSecret; },
       403},
      {"an empty token", gitlab(), [](Sent& s) { *s.field("X-Gitlab-Token") = ""; }, 403},
      {"Bitbucket with SHA-1",
       bitbucket(),
       [](Sent& s) { *s.field("X-Hub-Signature") = "sha1=" + sign(kBody).substr(24); },
       403},
      {"an old one", standard("generic", kNow.seconds - 301), [](Sent&) {}, 403},
      {"one of the future", standard("gitlab", kNow.seconds + 301), [](Sent&) {}, 403},
      {"another id", standard("generic"), [](Sent& s) { *s.field("webhook-id") = "msg_2"; }, 403},
      {"no event", github(), [](Sent& s) { s.drop("X-GitHub-Event"); }, 403},
      {"another forge's address", github(), [](Sent& s) { s.provider = "gitlab"; }, 403},
  };
}

std::vector<Trap> traps_of_forms() {
  auto type = [](std::string value) {
    return [value](Sent& sent) { *sent.field("Content-Type") = value; };
  };
  auto twice = [](std::string name) {
    return [name](Sent& sent) { sent.fields.push_back({name, *sent.field(name)}); };
  };
  return {
      {"text", github(), type("text/plain"), 415},
      {"nothing", github(), [](Sent& s) { s.drop("Content-Type"); }, 415},
      {"JSON's cousin", github(), type("application/jsonp"), 415},
      {"GitHub's form",
       github("payload=%7B%7D"),
       [](Sent& s) { *s.field("Content-Type") = kForm; },
       415},
      {"Bitbucket's form", bitbucket(), type(kForm), 415},
      {"two signatures", github(), twice("X-Hub-Signature-256"), 400},
      {"two events", github(), twice("X-GitHub-Event"), 400},
      {"two ids", github(), twice("X-GitHub-Delivery"), 400},
      {"two types", github(), twice("Content-Type"), 400},
      {"two tokens", gitlab(), twice("X-Gitlab-Token"), 400},
      {"two timestamps", standard("generic"), twice("webhook-timestamp"), 400},
      {"an id without end",
       github(),
       [](Sent& s) { *s.field("X-GitHub-Delivery") = std::string(kDeliveryBytesMax + 1, 'd'); },
       400},
  };
}

TEST(Deliveries, TrapsAreRefused) {
  std::vector<Trap> traps = traps_of_signatures();
  for (Trap& trap : traps_of_forms()) traps.push_back(std::move(trap));
  for (Trap& trap : traps) {
    trap.change(trap.sent);
    Delivery delivery = judge(trap.sent, {"", kSecret, kStandardSecret});
    EXPECT_EQ(delivery.kind, Kind::kRefused) << trap.what;
    EXPECT_EQ(delivery.status, trap.status) << trap.what << ": " << delivery.detail;
  }
}

TEST(Deliveries, GiteaAndForgejoSignThePayloadOfAForm) {
  std::string form = "payload=" + http::percent_encode(kBody);
  for (Sent sent : {gitea(), forgejo()}) {
    *sent.field("Content-Type") = kForm;
    sent.body = form;
    EXPECT_EQ(judge(sent).kind, Kind::kPush) << sent.provider;
    for (const std::string& other :
         {std::string("other=1"), form + "&" + form, form + "1", std::string("payload=%zz")}) {
      sent.body = other;
      EXPECT_EQ(judge(sent).status, 403) << sent.provider << ": " << other;
    }
    sent.body = form;
    std::string own = sent.provider == "gitea" ? "X-Gitea-Signature" : "X-Forgejo-Signature";
    *sent.field(own) = sign(form);
    EXPECT_EQ(judge(sent).status, 403) << sent.provider;
  }
}

TEST(Deliveries, OfOtherEventsAndPingsDoNothingOnceTheyAreVerified) {
  for (auto [event, kind] : {std::pair("ping", Kind::kPing),
                             std::pair("issues", Kind::kIgnored),
                             std::pair("", Kind::kIgnored),
                             std::pair("Push", Kind::kIgnored)}) {
    Sent sent = github();
    *sent.field("X-GitHub-Event") = event;
    EXPECT_EQ(judge(sent).kind, kind) << event;
    EXPECT_EQ(judge(sent, {"another"}).status, 403) << event;
  }
  Sent tag = gitlab();
  *tag.field("X-Gitlab-Event") = "Tag Push Hook";
  EXPECT_EQ(judge(tag).kind, Kind::kIgnored);
  EXPECT_EQ(judge(bitbucket("diagnostics:ping")).kind, Kind::kPing);
  EXPECT_EQ(judge(bitbucket("repo:fork")).kind, Kind::kIgnored);
}

TEST(Deliveries, OfAnOldGitLabHaveAnotherId) {
  Sent old = gitlab();
  old.drop("Idempotency-Key");
  EXPECT_EQ(judge(old).id, "l-1");
}

TEST(Deliveries, WithoutAnIdHaveNone) {
  Sent one = github();
  one.drop("X-GitHub-Delivery");
  EXPECT_EQ(judge(one).kind, Kind::kPush);
  EXPECT_EQ(judge(one).id, "");
}

TEST(Deliveries, AGitLabThatSignsIsBelievedByItsSignatureOrItsToken) {
  Sent both = standard("gitlab");
  both.fields.push_back({"X-Gitlab-Token", kSecret});
  EXPECT_EQ(judge(both, {kSecret}).kind, Kind::kPush);
  EXPECT_EQ(judge(both, {kStandardSecret}).kind, Kind::kPush);
  EXPECT_EQ(judge(both, {"another"}).status, 403);
}

}  // namespace
}  // namespace stet::hooks
