/** The vocabulary of the generated logs. */

const list = (text) => text.trim().split(/\s+/);

export const WORDS = list(`
  the of to and is a in for be this that are with if as not on it or by from an will when can option file
  which used default value set device output system command name all specified one may only other no any
  each number time read data line size kernel given list has test user directory been use see error more
  must after memory than options current instead same mode returned into power network interface address
  support enabled information driver bytes process buffer first start state type before module failed new
  should version have its also such input path long result some available written running at but there
  argument controller bus suspend resume battery firmware register link signal thread packet queue host
  wireless audio display port speed storage block sector frame adapter record session report temperature
  threshold measurement sample iteration throughput latency bandwidth checksum transfer connection timeout
  retry channel frequency resolution brightness keyboard pointer sensor camera microphone speaker headset
  partition filesystem mount volume snapshot encryption certificate signature policy permission container
  namespace resource manifest template category outcome comment attachment submission reference hardware
  certification laptop server desktop virtual machine processor instruction cache topology scheduler idle
  governor performance interrupt transaction descriptor endpoint configuration attribute property capability
`);

export const DRIVERS = list(`
  usb xhci_hcd nvme ahci e1000e iwlwifi i915 snd_hda_intel pcieport thunderbolt ucsi_acpi mei_me intel_rapl
  amdgpu r8169 ath10k_pci btusb uvcvideo usb-storage hid-generic i2c_hid_acpi sd scsi ata1 ata2 tpm_tis
  thermal cpuidle acpi ACPI PCI PM systemd audit loop0 EXT4-fs cfg80211 Bluetooth input efi microcode
`);

export const FUNCTIONS = list(`
  malloc free memcpy strlen snprintf pthread_create pthread_join open close read write ioctl mmap munmap poll
  select epoll_wait socket connect bind listen accept recvmsg sendmsg fstat lseek getpid gettimeofday
  clock_gettime nanosleep sigaction strtol fopen fclose fwrite fread setlocale dlopen dlsym realloc calloc
  checkbox_main parse_options run_stress measure_latency print_report collect_samples open_device
  device_probe queue_submit buffer_alloc buffer_release frame_decode frame_encode stream_start stream_stop
`);

export const LIBRARIES = list(`
  libc.so.6 libpthread.so.0 libm.so.6 libdl.so.2 libudev.so.1 libusb-1.0.so.0 libpci.so.3 libkmod.so.2
  libsystemd.so.0 libcrypto.so.3 libssl.so.3 libz.so.1 libdrm.so.2 libasound.so.2 libpulse.so.0 libX11.so.6
  libgstreamer-1.0.so.0 libglib-2.0.so.0 libgobject-2.0.so.0 libnl-3.so.200 libbluetooth.so.3 libv4l2.so.0
`);

export const VENDORS = [
  'Intel Corporation',
  'Realtek',
  'Samsung',
  'Micron',
  'Dell Inc.',
  'LENOVO',
  'Qualcomm',
  'SK hynix',
];

export const PROPERTIES = list(`
  DEVPATH SUBSYSTEM DEVNAME DEVTYPE DRIVER MAJOR MINOR MODALIAS PRODUCT INTERFACE ID_VENDOR ID_VENDOR_ID
  ID_MODEL ID_MODEL_ID ID_SERIAL ID_PATH ID_PATH_TAG ID_BUS ID_REVISION ID_USB_DRIVER ID_PCI_CLASS_FROM_DATABASE
  PCI_CLASS PCI_ID PCI_SUBSYS_ID PCI_SLOT_NAME TAGS CURRENT_TAGS USEC_INITIALIZED SEQNUM ID_FS_TYPE ID_FS_UUID
`);

export const AREAS = list(`
  audio bluetooth camera cpu disk ethernet firmware graphics info input keys led mediacard memory miscellanea
  mobilebroadband networking optical power-management rtc security snapd stress suspend thermal thunderbolt
  touchpad usb usb-c watchdog wireless
`);
