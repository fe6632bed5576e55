// `stet user`, and what its people may over HTTP and by git push.

#include <gtest/gtest.h>

#include <fstream>

#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

class UserCommand : public testing::Test {
 protected:
  Shown stet(const std::string& words, const std::string& input = "") {
    return site_.sh("printf '" + input + "' | " + fault::ServerProcess::program() + " user " +
                    words + " --repo site.git");
  }

  // Jo, who signs in at the server that runs.
  struct SignedIn {
    std::uint16_t port = 0;
    std::string cookie, csrf;

    fault::Answer make_token() const {
      return fault::call(port,
                         "POST",
                         "/api/v1/account/tokens",
                         {kJson, cookie, csrf},
                         R"({"name": "laptop", "scopes": ["posts:write"]})");
    }
    int session() const { return fault::call(port, "GET", "/api/v1/session", {cookie}).status; }
  };
  SignedIn sign_in(const std::string& password) {
    SignedIn jo{site_.server().admin_port(), "", ""};
    fault::Answer in = fault::call(jo.port,
                                   "POST",
                                   "/api/v1/session",
                                   {kJson},
                                   R"({"login": "jo", "password": ")" + password + R"("})");
    EXPECT_EQ(in.status, 201) << in.body;
    jo.cookie = "Cookie: " + in.headers["set-cookie"].substr(0, 48);
    std::size_t at = in.body.find("\"csrf\":\"") + 8;
    jo.csrf = "X-CSRF-Token: " + in.body.substr(at, in.body.find('"', at) - at);
    return jo;
  }

  static constexpr char kJson[] = "Content-Type: application/json";
  GitSite site_;
};

TEST_F(UserCommand, MakesListsAndChangesPeople) {
  ASSERT_TRUE(
      stet("add jo --mail jo@example.org --role editor", "correct horse battery\\n").is_good());
  ASSERT_TRUE(stet("add root --mail root@example.org --role admin --no-password").is_good());
  Shown listed = stet("list");
  EXPECT_EQ(listed.text,
            "jo\teditor\tenabled\tjo@example.org\tnever\n"
            "root\tadmin\tenabled\troot@example.org\tnever\n");
  EXPECT_TRUE(stet("disable jo").is_good());
  EXPECT_TRUE(stet("role jo author").is_good());
  EXPECT_TRUE(stet("list").has("jo\tauthor\tdisabled"));
  EXPECT_TRUE(stet("enable jo@example.org").is_good());
  EXPECT_TRUE(stet("list").has("jo\tauthor\tenabled"));
  EXPECT_TRUE(stet("password root", "another good one\\n").is_good());
}

TEST_F(UserCommand, APasswordNamesTheTokensThatStayOrEndsThem) {
  ASSERT_TRUE(
      stet("add jo --mail jo@example.org --role editor", "correct horse battery\\n").is_good());
  EXPECT_EQ(stet("password jo", "another good one\\n").text, "");
  site_.serve();
  SignedIn jo = sign_in("another good one");
  ASSERT_EQ(jo.make_token().status, 201);
  Shown named = stet("password jo", "a third good one\\n");
  EXPECT_TRUE(named.is_good());
  EXPECT_TRUE(named.has("posts:write\tlaptop")) << named.text;
  EXPECT_TRUE(named.has("--revoke-tokens"));
  EXPECT_EQ(jo.session(), 401) << "signed out";
  EXPECT_EQ(stet("password jo --revoke-tokens", "a fourth good one\\n").text, "");
  EXPECT_EQ(stet("password jo", "a fifth good one\\n").text, "") << "none is left";
}

TEST_F(UserCommand, ATokenThatIsToEndNeverLastsForEver) {
  auto make = [&](const std::string& days) {
    return site_.sh(fault::ServerProcess::program() +
                    " token create --repo site.git --scope admin --days " + days);
  };
  for (const char* days : {"0", "-1", "999999999", "99999999999999999999", "x"}) {
    EXPECT_FALSE(make(days).is_good()) << days;
  }
  EXPECT_TRUE(make("1").is_good());
}

TEST_F(UserCommand, DeletesPeopleForGood) {
  ASSERT_TRUE(stet("add root --mail root@example.org --role admin --no-password").is_good());
  ASSERT_TRUE(stet("add jo --mail jo@example.org --no-password").is_good());
  EXPECT_TRUE(stet("delete jo").is_good());
  EXPECT_TRUE(stet("delete jo").has("no user 'jo'"));
  EXPECT_FALSE(stet("list").has("jo"));
  EXPECT_TRUE(stet("add jo --mail jo@example.org --no-password").has("was called 'jo'"));
  EXPECT_TRUE(stet("delete root").has("no admin would be left"));
}

TEST_F(UserCommand, SaysWhatIsWrong) {
  ASSERT_TRUE(stet("add root --mail root@example.org --role admin --no-password").is_good());
  struct Row {
    const char *words, *input, *said;
  };
  for (const Row& row : {Row{"add Jo --mail a@b --no-password", "", "a user's name has"},
                         Row{"add jo --mail nowhere --no-password", "", "is no mail address"},
                         Row{"add jo --mail a@b --role boss --no-password", "", "is no role"},
                         Row{"add jo --mail a@b", "short\\n", "10 characters"},
                         Row{"add jo --mail a@b", "", "no password came in"},
                         Row{"add root --mail a@b --no-password", "", "already"},
                         Row{"password nobody", "correct horse battery\\n", "no user 'nobody'"},
                         Row{"disable root", "", "no admin would be left"},
                         Row{"role root reader", "", "no admin would be left"}}) {
    Shown shown = stet(row.words, row.input);
    EXPECT_FALSE(shown.is_good()) << row.words;
    EXPECT_TRUE(shown.has(row.said)) << row.words << ": " << shown.text;
  }
  EXPECT_FALSE(stet("list").has("jo\t")) << "a refused password leaves nobody behind";
}

TEST_F(UserCommand, ItsPeopleSignInAndPushWithinTheirRole) {
  ASSERT_TRUE(
      stet("add jo --mail jo@example.org --role author", "correct horse battery\\n").is_good());
  site_.serve();
  SignedIn jo = sign_in("correct horse battery");
  fault::Answer made = jo.make_token();
  ASSERT_EQ(made.status, 201) << made.body;
  std::size_t at = made.body.find("\"token\":\"") + 9;
  std::string token = made.body.substr(at, made.body.find('"', at) - at);
  ASSERT_TRUE(site_.sh("git clone -q " + site_.url(token) + " work").is_good());
  site_.commit("work", {{"_drafts/a.md", "---\ntitle: A\nauthor: jo\n---\nA\n"}});
  Shown pushed = site_.git("work", "push");
  EXPECT_TRUE(pushed.is_good()) << pushed.text;
  site_.commit("work", {{"_posts/2020-01-02-b.md", "---\ntitle: B\nauthor: jo\n---\nB\n"}});
  Shown refused = site_.git("work", "push");
  EXPECT_TRUE(refused.has("_posts/2020-01-02-b.md: this is not for the role author to write"))
      << refused.text;
  EXPECT_TRUE(stet("disable jo").is_good());
  EXPECT_EQ(jo.session(), 401) << "at once";
}

TEST_F(UserCommand, ShowsAndUnbindsIdentities) {
  ASSERT_TRUE(stet("add jo --mail jo@example.org --no-password").is_good());
  Shown none = stet("identities jo");
  EXPECT_TRUE(none.is_good());
  EXPECT_EQ(none.text, "");
  EXPECT_TRUE(stet("unbind jo 0011").has("no such identity"));
  EXPECT_TRUE(stet("identities al").has("no user 'al'"));
}

TEST_F(UserCommand, ProvidersAreOfferedAsTheSettingsSay) {
  std::ofstream(site_.folder() / "secret") << "a secret\n";
  site_.serve(
      "[oidc]\nallowed_networks = [\"127.0.0.1\"]\n\n"
      "[oidc.example]\nname = \"Example & Co\"\nissuer = \"http://127.0.0.1:65535/x\"\n"
      "client_id = \"stet\"\nclient_secret_file = \"" +
      (site_.folder() / "secret").string() +
      "\"\nscopes = [\"openid\", \"email\"]\nsecond_factor = \"provider\"\n"
      "mail_domains = [\"Example.org\"]\ncreate_users = \"author\"\n\n"
      "[oidc.other]\nissuer = \"https://login.example.org\"\nclient_id = \"stet\"\n");
  std::uint16_t port = site_.server().admin_port();
  fault::Answer told = fault::call(port, "GET", "/api/v1/session/providers", {});
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_NE(told.body.find(R"([{"id":"example","name":"Example & Co"},{"id":"other",)"),
            std::string::npos)
      << told.body;
  // Nobody is there.
  fault::Answer begun = fault::call(
      port, "POST", "/api/v1/session/providers/example", {"Content-Type: application/json"}, "{}");
  EXPECT_EQ(begun.status, 503) << begun.body;
}

TEST_F(UserCommand, ProvidersThatAreWrongNameTheirLineAndTheMend) {
  const std::string good = "[oidc.example]\nissuer = \"https://a.example\"\nclient_id = \"stet\"\n";
  struct Row {
    std::string settings;
    const char* said;
  };
  for (const Row& row :
       {Row{good + "colour = \"red\"\n", "settings.toml:4'"},
        Row{good + "scopes = [\"email\"]\n", "openid"},
        Row{good + "second_factor = \"no\"\n", "ask (ours as well)"},
        Row{good + "create_users = \"boss\"\n", "is no role"},
        Row{good + "client_secret_file = \"/nowhere/at/all\"\n", "/nowhere/at/all"},
        Row{good + "[oidc]\nallowed_networks = [\"everywhere\"]\n", "settings.toml:5'"},
        Row{good + "[oidc]\nissuer = \"https://a.example\"\n", "[oidc.example]"},
        Row{"[oidc.example]\nclient_id = \"stet\"\n", "needs an issuer"},
        Row{"[oidc.Example]\nclient_id = \"stet\"\n", "a-z, 0-9"},
        Row{"[oidc.a]\nissuer = \"http://a.example\"\nclient_id = \"x\"\n", "https://"},
        Row{"[oidc.a]\nissuer = \"https://10.0.0.1\"\nclient_id = \"x\"\n", "allowed_networks"}}) {
    std::ofstream(site_.folder() / "settings.toml") << row.settings;
    Shown shown = site_.sh(fault::ServerProcess::program() +
                           " serve --repo site.git --port 0 --admin-port 0 --settings " +
                           (site_.folder() / "settings.toml").string());
    EXPECT_FALSE(shown.is_good()) << row.settings;
    EXPECT_TRUE(shown.has(row.said)) << row.settings << shown.text;
  }
}

}  // namespace
}  // namespace stet::git
