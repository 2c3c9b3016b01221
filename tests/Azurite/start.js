// Starts Azurite on free ports and ends it with its parent, which holds the other end of the standard input, however that ends.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.argv.push(
  '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent',
  '--blobPort', '0', '--queuePort', '0', '--tablePort', '0');
require('azurite/dist/src/azurite.js');
