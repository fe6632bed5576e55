// Clients that edit posts over the API as fast as they are answered: one line of figures.
//
// write_load PORT TOKEN CLIENTS SECONDS wait|respond-async FIRST NAMES_FILE
//
// Each client has a connection and posts of its own (every CLIENTS-th line of the file from FIRST
// on), and puts a line at the end of their bodies in turn, each time on the content that its last
// answer named. Prints: commits a second, p50, p99 and the longest wait in ms, refusals.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace {

using Watch = std::chrono::steady_clock;
using Json = nlohmann::json;

double seconds_since(Watch::time_point begin) {
  return std::chrono::duration<double>(Watch::now() - begin).count();
}

struct Answer {
  int status = 0;  // 0: none came
  std::string head, body;

  std::string field(const std::string& name) const {
    std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "";
    at += name.size() + 4;
    return head.substr(at, head.find("\r\n", at) - at);
  }
};

// One connection that is kept.
class Connection {
 public:
  explicit Connection(int port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    timeval patience{60, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  ~Connection() { ::close(fd_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Answer call(const std::string& request) {
    Answer answer;
    for (std::size_t sent = 0; sent < request.size();) {
      ssize_t part = ::send(fd_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
      if (part <= 0) return answer;
      sent += static_cast<std::size_t>(part);
    }
    std::size_t end;
    while ((end = read_.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more()) return answer;
    }
    answer.head = read_.substr(0, end + 2);
    std::size_t length = std::strtoull(answer.field("Content-Length").c_str(), nullptr, 10);
    while (read_.size() < end + 4 + length) {
      if (!read_more()) return answer;
    }
    answer.body = read_.substr(end + 4, length);
    answer.status = std::atoi(answer.head.c_str() + 9);
    read_.erase(0, end + 4 + length);
    return answer;
  }

 private:
  bool read_more() {
    char buffer[65536];
    ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
    if (got > 0) read_.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  const int fd_;
  std::string read_;
};

struct Post {
  std::string name, tag;
  std::string body;  // a string of JSON without its last quote
};

struct Flags {
  int port = 0;
  std::string token;
  std::size_t clients = 1;
  double seconds = 10;
  std::string prefer;
};

class Client {
 public:
  Client(const Flags& flags, std::vector<Post> posts)
      : flags_(flags), posts_(std::move(posts)), connection_(flags.port) {}

  bool prepare() {
    for (Post& post : posts_) {
      Answer answer = connection_.call(head("GET", post) + "\r\n");
      if (answer.status != 200) return false;
      post.tag = answer.field("ETag");
      post.body = Json::parse(answer.body).at("body").dump();
      post.body.pop_back();  // the quote: each patch goes on from here
    }
    return !posts_.empty();
  }

  void work(Watch::time_point begin) {
    for (int i = 0; seconds_since(begin) < flags_.seconds; ++i) {
      Post& post = posts_[static_cast<std::size_t>(i) % posts_.size()];
      std::string patch = R"({"body":)" + post.body + R"(\nEdit )" + std::to_string(i) + R"(.\n"})";
      std::string request = head("PATCH", post) + "If-Match: " + post.tag +
                            "\r\nPrefer: " + flags_.prefer +
                            "\r\nContent-Type: application/merge-patch+json\r\nContent-Length: " +
                            std::to_string(patch.size()) + "\r\n\r\n" + patch;
      auto sent = Watch::now();
      Answer answer = connection_.call(request);
      if (answer.status != 200 && answer.status != 202) {
        if (++refused_ == 1) std::fprintf(stderr, "%d %s\n", answer.status, answer.body.c_str());
        if (answer.status == 0) return;
        continue;
      }
      waits_.push_back(seconds_since(sent) * 1000);
      post.tag = answer.field("ETag");
    }
  }

  const std::vector<double>& waits() const { return waits_; }
  std::size_t refused() const { return refused_; }

 private:
  std::string head(const std::string& method, const Post& post) const {
    return method + " /api/v1/posts/" + post.name +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + flags_.token + "\r\n";
  }

  const Flags& flags_;
  std::vector<Post> posts_;
  Connection connection_;
  std::vector<double> waits_;
  std::size_t refused_ = 0;
};

int run(const Flags& flags, const std::vector<std::string>& names) {
  constexpr std::size_t kPostsEach = 8;
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t c = 0; c < flags.clients; ++c) {
    std::vector<Post> posts;
    for (std::size_t i = c; i < names.size() && posts.size() < kPostsEach; i += flags.clients) {
      posts.push_back({names[i], "", ""});
    }
    clients.push_back(std::make_unique<Client>(flags, std::move(posts)));
    if (!clients.back()->prepare()) {
      std::fprintf(stderr, "write_load: no posts for client %zu\n", c);
      return 1;
    }
  }
  std::vector<std::thread> threads;
  auto begin = Watch::now();
  for (auto& client : clients) threads.emplace_back([&, begin] { client->work(begin); });
  for (std::thread& thread : threads) thread.join();
  double took = seconds_since(begin);
  std::vector<double> waits;
  std::size_t refused = 0;
  for (auto& client : clients) {
    waits.insert(waits.end(), client->waits().begin(), client->waits().end());
    refused += client->refused();
  }
  if (waits.empty()) return 1;
  std::sort(waits.begin(), waits.end());
  auto at = [&](double share) {
    return waits[std::min(waits.size() - 1,
                          static_cast<std::size_t>(static_cast<double>(waits.size()) * share))];
  };
  std::printf("%.1f %.2f %.2f %.2f %zu\n",
              static_cast<double>(waits.size()) / took,
              at(.5),
              at(.99),
              waits.back(),
              refused);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 8) {
    std::fprintf(
        stderr,
        "usage: write_load PORT TOKEN CLIENTS SECONDS wait|respond-async FIRST NAMES_FILE\n");
    return 2;
  }
  Flags flags{std::atoi(argv[1]),
              argv[2],
              std::strtoull(argv[3], nullptr, 10),
              std::atof(argv[4]),
              argv[5]};
  std::size_t first = std::strtoull(argv[6], nullptr, 10);
  std::ifstream file(argv[7]);
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) names.push_back(line);
  if (first < names.size()) {
    std::rotate(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(first), names.end());
  }
  return run(flags, names);
}
