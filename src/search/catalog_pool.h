// Read-only catalogues for searches that run at the same time.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"

namespace spotisearch {

/// Lends each caller a Catalog of its own, and keeps it for the next one. Any thread.
class CatalogPool {
 public:
  explicit CatalogPool(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// A borrowed catalogue; goes back to the pool at the end of its life, which must be before the
  /// pool's.
  class Lease {
   public:
    Lease(CatalogPool& pool, std::unique_ptr<Catalog> catalog)
        : pool_(&pool), catalog_(std::move(catalog)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (catalog_ != nullptr) pool_->take_back(std::move(catalog_));
    }
    const Catalog& operator*() const { return *catalog_; }
    const Catalog* operator->() const { return catalog_.get(); }

   private:
    CatalogPool* pool_;
    std::unique_ptr<Catalog> catalog_;
  };

  /// Opens one where none is idle.
  Result<Lease> borrow();

 private:
  void take_back(std::unique_ptr<Catalog> catalog);

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Catalog>> idle_;
};

}  // namespace spotisearch
