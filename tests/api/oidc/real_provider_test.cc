// Signing in by a provider of another make: oidc-provider of npm, which the test runs, with a
// browser that fills in its forms. `./dev test` installs it; without it the test is left out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "api/http/url.h"
#include "tests/api/http/loopback.h"
#include "tests/api/http/node_script.h"
#include "tests/api/oidc/fake_provider.h"
#include "tests/api/routes/world.h"

namespace stet::oidc {
namespace {

using api::Told;
using api::World;
using auth::Role;
using ::testing::HasSubstr;

constexpr char kFolder[] = "build/npm/oidc-provider";
constexpr char kOrigin[] = "http://cms.test";
constexpr char kBack[] = "http://cms.test/api/v1/session/providers/real/callback";

class RealProvider {
 public:
  explicit RealProvider(const char* mode)
      : script_(std::string(kFolder) + "/provider.mjs", {kBack, mode}) {
    auto told = nlohmann::json::parse(script_.first_line(), nullptr, false);
    if (told.is_object()) issuer = told.value("issuer", "");
  }

  std::string issuer;

 private:
  http::NodeScript script_;
};

// Enough of one: cookies, redirects, forms.
class Browser {
 public:
  explicit Browser(std::string origin) : origin_(std::move(origin)) {
    port_ = static_cast<std::uint16_t>(std::stoi(origin_.substr(origin_.rfind(':') + 1)));
  }

  // Follows redirects of the provider; the URL where it leaves it, or "" at a page.
  std::string go(std::string url) {
    std::string body;
    for (int i = 0; i < 20; ++i) {
      if (!url.starts_with(origin_)) return url;
      http::Received told = ask(url.substr(origin_.size()), body);
      body.clear();
      page_ = told.body;
      url = told.field("Location");
      if (url.empty()) return "";
      if (url.starts_with('/')) url = origin_ + url;
    }
    return "";
  }
  // The page's form, with these fields added to those that it has.
  std::string submit(const std::string& fields) {
    std::string action = between(page_, "action=\"", "\"");
    std::string prompt = between(page_, "name=\"prompt\" value=\"", "\"");
    http::Received told = ask(action.starts_with(origin_) ? action.substr(origin_.size()) : action,
                              "prompt=" + prompt + fields);
    std::string next = told.field("Location");
    return go(next.starts_with('/') ? origin_ + next : next);
  }
  const std::string& page() const { return page_; }

 private:
  static std::string between(const std::string& text,
                             const std::string& begin,
                             const std::string& end) {
    std::size_t at = text.find(begin);
    if (at == text.npos) return "";
    at += begin.size();
    return text.substr(at, text.find(end, at) - at);
  }

  http::Received ask(const std::string& target, const std::string& body) {
    std::string cookies;
    for (const auto& [place, value] : cookies_) {
      if (target.starts_with(place.first)) cookies += place.second + "=" + value + "; ";
    }
    std::string fields = "Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    if (!cookies.empty()) fields += "Cookie: " + cookies.substr(0, cookies.size() - 2) + "\r\n";
    std::string request =
        body.empty() ? http::get(target, fields) : http::post(target, body, fields);
    constexpr std::string_view kHost = "Host: localhost";
    request.replace(request.find(kHost), kHost.size(), "Host: " + origin_.substr(7));
    http::Client client(port_);
    client.send(request);
    http::Received told = client.receive();
    constexpr std::string_view kSetCookie = "\r\nSet-Cookie: ";
    for (std::size_t at = 0; (at = told.head.find(kSetCookie, at)) != told.head.npos;) {
      at += kSetCookie.size();
      keep(told.head.substr(at, told.head.find("\r\n", at) - at));
    }
    return told;
  }

  // Those of one name differ by their paths; one without a value is one no more.
  void keep(const std::string& cookie) {
    std::size_t equals = cookie.find('=');
    std::string value = cookie.substr(equals + 1, cookie.find(';') - equals - 1);
    std::pair place(between(cookie + ";", "path=", ";"), cookie.substr(0, equals));
    if (value.empty()) {
      cookies_.erase(place);
    } else {
      cookies_[place] = value;
    }
  }

  std::string origin_;
  std::uint16_t port_ = 0;
  std::map<std::pair<std::string, std::string>, std::string> cookies_;  // by path and name
  std::string page_;
};

class RealProviderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(std::string(kFolder) + "/node_modules/oidc-provider")) {
      GTEST_SKIP() << "`./dev test` installs the provider in " << kFolder;
    }
  }

  void serve(const RealProvider& provider, const std::string& client) {
    ProviderSettings settings{.id = "real",
                              .name = "Real",
                              .issuer = provider.issuer,
                              .client_id = client,
                              .client_secret = "a secret: & of " + client};
    federation_ = std::make_unique<Federation>(
        Federation::Parts{*world_.door, world_.clock, world_.random},
        std::vector<ProviderSettings>{settings},
        Outside{.filter = storage::AddressFilter({*Network::parse("127.0.0.0/8")}),
                .agent = "stet/test"});
    world_.backend->federation = federation_.get();
    world_.backend->admin_url = kOrigin;
  }

  // Signs in there as `login`; what the way back answers.
  Told sign_in(const RealProvider& provider, const std::string& login) {
    Told begun =
        world_.admin({.method = "POST",
                      .target = "/api/v1/session/providers/real",
                      .body = R"({"return_to": "/editor/"})",
                      .headers = {{"Host", "cms.test"}, {"Content-Type", "application/json"}}});
    EXPECT_EQ(begun.status, 201) << begun.body;
    std::string cookie = begun.header("Set-Cookie");
    Browser browser(provider.issuer);
    EXPECT_EQ(browser.go(begun.json()["url"]), "") << "a page to sign in";
    EXPECT_EQ(browser.submit("&login=" + login + "&password=any"), "") << browser.page();
    std::string back = browser.submit("");  // consents
    EXPECT_TRUE(back.starts_with(kBack)) << back << browser.page();
    return world_.admin({.target = back.substr(sizeof(kOrigin) - 1),
                         .headers = {{"Host", "cms.test"},
                                     {"Cookie", cookie.substr(0, cookie.find(';'))},
                                     {"Sec-Fetch-Site", "cross-site"}}});
  }

  World world_;
  std::unique_ptr<Federation> federation_;
};

TEST_F(RealProviderTest, LetsPeopleInWhateverItSignsWith) {
  auto jo = world_.person("jo", Role::kEditor);
  for (const char* mode : {"mail-in-token", "mail-at-userinfo"}) {
    RealProvider provider(mode);
    ASSERT_FALSE(provider.issuer.empty());
    for (const char* client : {"RS256", "PS256", "ES256", "EdDSA"}) {
      // Times in its tokens are the machine's.
      world_.clock.advance_seconds(SystemClock().now().seconds - world_.clock.now().seconds);
      serve(provider, client);
      Told back = sign_in(provider, "jo");
      ASSERT_EQ(back.status, 200) << client << back.body;
      EXPECT_THAT(back.body, HasSubstr("url=/editor/\""));
      std::string cookie = back.header("Set-Cookie");
      Told session = world_.admin({.target = "/api/v1/session",
                                   .headers = {{"Cookie", cookie.substr(0, cookie.find(';'))}}});
      EXPECT_EQ(session.json()["user"]["id"], jo.id) << client;
    }
  }
  EXPECT_EQ(world_.people->identities(jo.id)->size(), 2u) << "one of each issuer";
}

TEST_F(RealProviderTest, LetsNobodyInWhoIsAnother) {
  world_.person("jo", Role::kEditor);
  RealProvider provider("mail-in-token");
  world_.clock.advance_seconds(SystemClock().now().seconds - world_.clock.now().seconds);
  serve(provider, "RS256");
  EXPECT_THAT(sign_in(provider, "unjo").body, HasSubstr("sign_in_error=mail_unverified"));
  EXPECT_THAT(sign_in(provider, "al").body, HasSubstr("sign_in_error=no_account"));
  EXPECT_EQ(sign_in(provider, "jo").status, 200);
  // Another subject with jo's mail.
  EXPECT_THAT(sign_in(provider, "moved-jo").body, HasSubstr("sign_in_error=other_identity"));
}

}  // namespace
}  // namespace stet::oidc
