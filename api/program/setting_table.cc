#include "api/program/setting_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "storage/base/utf8.h"
#include "storage/remote/git_child.h"

namespace stet::program {

namespace {

template <typename Field>
Kind port(Field field) {
  return number(field, {0, 65535});
}

Kind share() {
  return {.take = [](const std::string& key, const Values& values, Settings& to) -> Status {
            const std::string& text = values.front();
            double share = -1;
            auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), share);
            bool is_number = failure == std::errc() && end == text.data() + text.size();
            if (!is_number || !(share >= 0 && share <= 1)) {
              return invalid_input("'" + key + "' is a number from 0 to 1, such as 0.01");
            }
            to.audit_share = share;
            return {};
          },
          .show =
              [](const Settings& of) {
                std::array<char, 32> digits{};
                auto written =
                    std::to_chars(digits.data(), digits.data() + digits.size(), of.audit_share);
                return std::string(digits.data(), written.ptr);
              }};
}

// Nothing of a URL that may be a secret is shown.
template <typename Field>
Kind repository_url(Field field) {
  Kind kind = text(field);
  kind.show = [=](const Settings& of) { return toml(storage::redacted(field(of))); };
  kind.hidden = [=](const Settings& of) { return field(of); };
  return kind;
}

// A program, or a line for a shell, in which a secret may stand.
Kind credential_helper() {
  Kind kind = text(at(&Settings::remote, &Settings::Remote::credential_helper));
  kind.show = [](const Settings& of) {
    bool is_shell = of.remote.credential_helper.starts_with('!');
    return toml(is_shell ? "!..." : of.remote.credential_helper);
  };
  kind.hidden = [](const Settings& of) { return of.remote.credential_helper; };
  return kind;
}

template <typename Field>
Kind networks(Field field) {
  return {.take = [=](const std::string& key, const Values& values, Settings& to) -> Status {
            std::vector<Network> read;
            for (const std::string& text : values) {
              auto network = Network::parse(text);
              if (!network) return std::move(network).error().within("'" + key + "'");
              read.push_back(*network);
            }
            field(to) = std::move(read);
            return {};
          },
          .show = [=](const Settings& of) { return toml(names_of(field(of))); },
          .is_list = true};
}

// The file is named; what it holds is read by whoever reads the settings.
Kind hook(std::string_view provider) {
  return {.take = [=](const std::string&, const Values& values, Settings& to) -> Status {
            to.hook_files[std::string(provider)] = values.front();
            return {};
          },
          .show =
              [=](const Settings& of) {
                auto file = of.hook_files.find(provider);
                return toml(file == of.hook_files.end() ? "" : file->second);
              },
          .hidden = [=](const Settings& of) -> std::string {
            auto secrets = of.hook_secrets.find(provider);
            return secrets == of.hook_secrets.end() ? "" : toml(secrets->second);
          }};
}

Kind check_of_push(std::string_view name) {
  return {.take = [=](const std::string&, const Values& values, Settings& to) -> Status {
            return to.push.set(name, values.front());
          },
          .show = [=](const Settings& of) { return toml(of.push.action_named(name)); }};
}

Kind media_types() {
  Kind kind = texts(at(&Settings::media, &Settings::Media::limits, &media::Limits::types));
  kind.take = [](const std::string& key, const Values& values, Settings& to) -> Status {
    for (const std::string& name : values) {
      if (image::find_type(name)) continue;
      std::string known;
      for (const image::FileType& type : image::file_types()) known += " " + std::string(type.name);
      return invalid_input("'" + key + "' has no type '" + printable(name, 40) + "'; there are" +
                           known);
    }
    to.media.limits.types = values;
    return {};
  };
  return kind;
}

constexpr std::uint64_t kMib = std::uint64_t{1} << 20;
constexpr std::uint64_t kMinutesPerYear = 60 * 24 * 365;

using Table = std::vector<Setting>;

void add_http(Table& table) {
  using Http = Settings::Http;
  table.insert(
      table.end(),
      {{"http.address", "to listen on", text(at(&Settings::http, &Http::address))},
       {"http.port", "of the public pages; 0: a free one", port(at(&Settings::http, &Http::port))},
       {"http.admin_port",
        "of editor, API and git; 0: a free one",
        port(at(&Settings::http, &Http::admin_port))},
       {"http.url",
        "where readers reach the public pages, such as https://www.example.org: site.url",
        text(at(&Settings::http, &Http::url))},
       {"http.admin_url",
        "where people reach the admin origin, such as https://cms.example.org",
        origin(at(&Settings::admin_url))},
       {"http.trusted_proxies",
        "whose X-Forwarded-For and -Proto are believed: addresses, networks such as 10.0.0.0/8",
        networks(at(&Settings::trusted_proxies))},
       {"http.forwarded",
        "what these write: x-forwarded, or standard (Forwarded, RFC 7239)",
        choice(at(&Settings::has_forwarded), "standard", "x-forwarded")},
       {"http.allowed_origins",
        "whose scripts may use the API, such as https://app.example.org",
        origins(at(&Settings::allowed_origins)),
        true}});
}

void add_commits(Table& table) {
  using Commits = Settings::Commits;
  table.insert(table.end(),
               {{"commits.name", "of the committer", text(at(&Settings::commits, &Commits::name))},
                {"commits.email", "likewise", text(at(&Settings::commits, &Commits::email))}});
}

void add_remote(Table& table) {
  using Remote = Settings::Remote;
  auto of = [](auto member) { return at(&Settings::remote, member); };
  table.insert(
      table.end(),
      {{"remote.url",
        "the upstream that is followed: https, ssh (git@host:path), a path; without a secret",
        repository_url(of(&Remote::url))},
       {"remote.branch", "theirs (else ours by name, or their default)", text(of(&Remote::branch))},
       {"remote.credentials",
        "file: https://USER:TOKEN@host; nobody else may read it; or credential:NAME",
        text(of(&Remote::credentials))},
       {"remote.credential_helper",
        "in place of that file: as git's credential.helper",
        credential_helper()},
       {"remote.ssh_key", "file, or credential:NAME", text(of(&Remote::ssh_key))},
       {"remote.known_hosts", "file, or credential:NAME", text(of(&Remote::known_hosts))},
       {"remote.poll",
        "seconds between two looks, about; 0: only when a hook says so",
        number(of(&Remote::poll_seconds), {0, 86'400 * 7})},
       {"remote.push", "commits made here go there", choice(of(&Remote::is_pushing))},
       {"remote.rewritten",
        "what to do when a history was rewritten there: follow or park",
        choice(of(&Remote::is_following_rewrites), "follow", "park")},
       {"remote.seconds",
        "the longest fetch or push",
        number(of(&Remote::seconds_max), {1, 86'400})},
       {"remote.fetch_mib", "the largest fetch", number(of(&Remote::fetch_mib_max), {1})}});
}

void add_follow(Table& table) {
  using Follow = Settings::Follow;
  auto of = [](auto member) { return at(&Settings::follow, member); };
  table.insert(
      table.end(),
      {{"follow.url",
        "the leader that this server mirrors, such as https://cms.example.org/site.git",
        repository_url(of(&Follow::url))},
       {"follow.token",
        "file with a token of the leader; nobody else may read it; or credential:NAME",
        text(of(&Follow::token))},
       {"follow.ssh_key", "file, or credential:NAME", text(of(&Follow::ssh_key))},
       {"follow.known_hosts", "file, or credential:NAME", text(of(&Follow::known_hosts))},
       {"follow.poll",
        "seconds between two looks at it, about; 0: only when a hook says so",
        number(of(&Follow::poll_seconds), {0, 86'400})},
       {"follow.seconds", "the longest fetch", number(of(&Follow::seconds_max), {1, 86'400})},
       {"follow.peers",
        "repositories at which a leader looks whether another leads since",
        texts(of(&Follow::peers))}});
}

void add_hooks(Table& table) {
  constexpr std::string_view kFile = "file with the secret, one a line; or credential:NAME";
  for (std::string_view key : {"hooks.github",
                               "hooks.gitea",
                               "hooks.forgejo",
                               "hooks.gitlab",
                               "hooks.bitbucket",
                               "hooks.generic"}) {
    table.push_back({key, kFile, hook(key.substr(key.find('.') + 1)), true});
  }
}

void add_push(Table& table) {
  struct Row {
    std::string_view key, about;
  };
  constexpr Row kRows[] = {
      {"push.documents", "mistakes in posts, pages, layouts: refuse, warn or off, as all of these"},
      {"push.schedule", "in sessions, speakers, the event"},
      {"push.data", "in _data"},
      {"push.config", "in _config.yml"},
      {"push.schemas", "fields that are not what the site says of them"},
      {"push.links", "symbolic links and submodules, which are not followed"},
      {"push.warnings", "what Jekyll lets pass, such as a layout that does not exist"},
      {"push.force", "a push that would take commits away"},
      {"push.delete", "of other branches, and of tags"},
  };
  for (const Row& row : kRows) {
    std::string_view check = row.key.substr(row.key.find('.') + 1);
    table.push_back({row.key, row.about, check_of_push(check), true});
  }
}

void add_git(Table& table) {
  using Git = Settings::Git;
  auto of = [](auto member) { return at(&Settings::git, member); };
  table.insert(
      table.end(),
      {{"git.push_mib", "the largest push over HTTP", number(of(&Git::push_mib_max), {1, 65'536})},
       {"git.file_mib",
        "the largest file of a push, however it comes; larger ones are for Git LFS",
        number(of(&Git::file_mib_max), {1, 65'536})},
       {"git.concurrent",
        "clones, fetches and pushes at a time",
        number(of(&Git::concurrent_max), {1, 100})},
       {"git.waiting",
        "requests that wait for one of these to end; more hear 503",
        number(of(&Git::waiting_max), {0, 1000})},
       {"git.waiting_seconds",
        "that one waits, and then 503",
        number(of(&Git::waiting_seconds_max), {1, 600})},
       {"git.seconds",
        "the longest clone, fetch or push",
        number(of(&Git::seconds_max), {1, 86'400})}});
}

void add_limits(Table& table) {
  using Limits = Settings::Limits;
  using Rates = auth::RateLimiter::Rates;
  auto of = [](auto member) { return at(&Settings::limits, member); };
  auto rate = [](auto member) {
    return number(at(&Settings::limits, &Limits::per_minute, member), {0, 100'000'000});
  };
  table.insert(
      table.end(),
      {{"limits.connections", "of each origin", number(of(&Limits::connections), {1, 1'000'000})},
       {"limits.connections_per_address",
        "of one address, loopback and trusted proxies excepted",
        number(of(&Limits::connections_per_address), {1, 1'000'000})},
       {"limits.header_seconds",
        "for a request's headers; then 408",
        number(of(&Limits::header_seconds), {1, 3600})},
       {"limits.body_seconds",
        "without a byte of a request's body; then 408",
        number(of(&Limits::body_seconds), {1, 3600})},
       {"limits.idle_seconds",
        "that a connection is kept between requests",
        number(of(&Limits::idle_seconds), {1, 3600})},
       {"limits.write_seconds",
        "without a reader taking a byte of an answer",
        number(of(&Limits::write_seconds), {1, 3600})},
       {"limits.requests_per_minute",
        "of one token or person; then 429; 0: as many as they like",
        rate(&Rates::requests),
        true},
       {"limits.writes_per_minute", "of these: writes, and pushes", rate(&Rates::writes), true},
       {"limits.repository_mib",
        "of the repository's packs: a larger one takes no writes (507); 0: any size",
        number(of(&Limits::repository_mib)),
        true},
       {"limits.render_steps",
        "of one page's templates, which is time: about 20 million a second",
        number(of(&Limits::render_steps), {1'000, 10'000'000'000})},
       {"limits.page_mib", "of one page's HTML", number(of(&Limits::page_mib), {1, 1024})}});
}

void add_maintenance(Table& table) {
  auto of = [](auto member) { return at(&Settings::repack, member); };
  table.insert(table.end(),
               {{"maintenance.packs",
                 "beyond these packs are joined, once nobody writes; 0: never",
                 number(of(&RepackSettings::packs), {0, 10'000}),
                 true},
                {"maintenance.packs_busy",
                 "beyond these also while somebody does",
                 number(of(&RepackSettings::packs_busy), {10, 10'000}),
                 true},
                {"maintenance.quiet_seconds",
                 "without a publication: nobody writes",
                 number(of(&RepackSettings::quiet_seconds), {0, 86'400}),
                 true},
                {"maintenance.whole_hours",
                 "between repacks of the whole; 0: never",
                 number(of(&RepackSettings::whole_hours), {0, 10'000}),
                 true}});
}

void add_people(Table& table) {
  using auth::SessionLimits;
  table.insert(
      table.end(),
      {{"sessions.idle_minutes",
        "without a request, and a session ends",
        number(at(&Settings::sessions, &SessionLimits::idle_seconds), {1, kMinutesPerYear}, 60)},
       {"sessions.hours",
        "a session's longest life",
        number(at(&Settings::sessions, &SessionLimits::seconds_max), {1, 24 * 365}, 3600)},
       {"oidc.allowed_networks",
        "on which providers may be, beside the public internet",
        networks(at(&Settings::oidc, &OidcSettings::allowed_networks))}});
}

void add_webhooks(Table& table) {
  using Webhooks = Settings::Webhooks;
  auto of = [](auto member) { return at(&Settings::webhooks, member); };
  table.insert(table.end(),
               {{"webhooks.allowed_networks",
                 "which may be called, beside the public internet, such as 10.1.0.0/16",
                 networks(of(&Webhooks::allowed_networks))},
                {"webhooks.disable_days",
                 "without anything taken, and a webhook is switched off",
                 number(of(&Webhooks::disable_days), {1, 365})},
                {"webhooks.log_days",
                 "that deliveries are shown when they are done",
                 number(of(&Webhooks::log_days), {1, 3650})}});
}

void add_targets(Table& table) {
  table.push_back({"targets.allowed_networks",
                   "on which targets may be, beside the public internet, such as 10.1.0.0/16",
                   networks(at(&Settings::targets, &TargetsSettings::allowed_networks))});
}

void add_media(Table& table) {
  using media::Limits;
  using Media = Settings::Media;
  table.insert(
      table.end(),
      {{"media.file_mib",
        "the largest file that comes in",
        number(at(&Settings::media, &Media::limits, &Limits::file_bytes_max), {1, 4096}, kMib)},
       {"media.request_mib",
        "all files of one request",
        number(at(&Settings::media, &Media::limits, &Limits::request_bytes_max), {1, 4096}, kMib)},
       {"media.types", "that come in, such as jpeg, png, pdf (else all known)", media_types()},
       {"media.variants_mib",
        "smaller versions of pictures, on disk",
        number(at(&Settings::media, &Media::variants_mib_max))}});
}

void add_rendering(Table& table) {
  table.insert(
      table.end(),
      {{"themes.folders", "in which themes are, by name", texts(at(&Settings::theme_folders))},
       {"sass.command",
        "Dart Sass's program and arguments, for sites that ask for it",
        texts(at(&Settings::sass_command))},
       {"search.enabled",
        "an index of the site's text is kept",
        choice(at(&Settings::is_searching))},
       {"memory.renditions_mib",
        "of HTML in memory, beside the site itself",
        number(at(&Settings::renditions_mib_max))},
       {"memory.texts_mib",
        "of the site's files in memory, likewise",
        number(at(&Settings::texts_mib_max))},
       {"memory.objects_mib",
        "of git's trees, small files and commits that are kept in memory",
        number(at(&Settings::objects_mib_max))},
       {"memory.pages_mib",
        "of pages that are kept in memory, half of it as they are and half compressed",
        number(at(&Settings::pages_mib_max))},
       {"memory.answers_mib",
        "of the JSON of entries that is kept in memory",
        number(at(&Settings::answers_mib_max))},
       {"audit.share",
        "of one core, for rendering pages once more and comparing; 0: never",
        share(),
        true},
       {"repository.any_owner",
        "serve a repository that belongs to another user",
        choice(at(&Settings::is_any_owner_trusted))}});
}

}  // namespace

const std::vector<Setting>& setting_table() {
  static const Table kTable = [] {
    Table table;
    for (auto add : {add_http,
                     add_commits,
                     add_remote,
                     add_follow,
                     add_hooks,
                     add_push,
                     add_git,
                     add_limits,
                     add_maintenance,
                     add_people,
                     add_webhooks,
                     add_targets,
                     add_media,
                     add_rendering}) {
      add(table);
    }
    return table;
  }();
  return kTable;
}

const Setting* find_setting(std::string_view key) {
  const Table& table = setting_table();
  auto found = std::find_if(
      table.begin(), table.end(), [&](const Setting& setting) { return setting.key == key; });
  return found == table.end() ? nullptr : &*found;
}

Error no_setting(const std::string& section, const std::string& key) {
  std::string known, last;
  for (const Setting& setting : setting_table()) {
    if (setting.section() == section) {
      known.append(known.empty() ? "" : ", ").append(setting.name());
    }
  }
  const std::string name = (section.empty() ? "" : section + ".") + key;
  const std::string missing = "there is no setting '" + printable(name, 80) + "'; ";
  if (!known.empty()) return invalid_input(missing + "[" + section + "] has " + known);
  for (const Setting& setting : setting_table()) {
    if (setting.section() == last) continue;
    last = setting.section();
    known += (known.empty() ? "[" : ", [") + last + "]";
  }
  return invalid_input(missing + "sections are " + known + ", [oidc.NAME] and [targets.NAME]");
}

}  // namespace stet::program
